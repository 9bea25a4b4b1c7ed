using System.Globalization;
using Grpc.Core;

namespace Ingress.Routing.Forwarding.Tests.Support;

internal sealed class CountingService : CountingServiceBase
{
    public override Task<string> Greet(string request, ServerCallContext context)
    {
        context.ResponseTrailers.Add("greeted", request);
        return Task.FromResult($"hello {request}");
    }

    public override async Task CountTo(string request, IServerStreamWriter<string> response, ServerCallContext context)
    {
        for (var i = 1; i <= int.Parse(request, CultureInfo.InvariantCulture); i++)
        {
            await response.WriteAsync(i.ToString(CultureInfo.InvariantCulture));
        }

        context.ResponseTrailers.Add("counted", request);
    }

    public override async Task<string> Sum(IAsyncStreamReader<string> request, ServerCallContext context)
    {
        var sum = 0;
        while (await request.MoveNext(context.CancellationToken))
        {
            sum += int.Parse(request.Current, CultureInfo.InvariantCulture);
        }

        return sum.ToString(CultureInfo.InvariantCulture);
    }

    public override async Task Echo(IAsyncStreamReader<string> request, IServerStreamWriter<string> response, ServerCallContext context)
    {
        while (await request.MoveNext(context.CancellationToken))
        {
            await response.WriteAsync(request.Current);
        }
    }

    public override Task<string> Fail(string request, ServerCallContext context)
        => throw new RpcException(new Status(StatusCode.FailedPrecondition, request), new Metadata { { "why", "asked for" } });
}
