using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.AspNetCore;

/// <summary>Reads the whole body before the request goes on.</summary>
internal sealed class RequestBufferingStep : PolicyStep<RequestBuffering>
{
    private const string Grpc = "application/grpc";

    protected override RequestDelegate Build(RequestBuffering policy, IngressEndpointContext endpoint, RequestDelegate rest)
        => context => HasEnd(context) ? ReadFirstAsync(context, policy, rest) : rest(context);

    // Both sides of a stream wait for each other.
    private static bool HasEnd(HttpContext context)
        => context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false }
            && context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true }
            && context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true }
            && context.Request.ContentType?.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase) != true;

    private static async Task ReadFirstAsync(HttpContext context, RequestBuffering policy, RequestDelegate rest)
    {
        var request = context.Request;
        request.EnableBuffering(policy.MemoryBytes);
        try
        {
            await request.Body.DrainAsync(context.RequestAborted);
        }
        catch (BadHttpRequestException failure) when (!context.Response.HasStarted)
        {
            await PlainTextResponse.BrokenAsync(context, failure.StatusCode);
            return;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            return; // the client has gone
        }

        request.Body.Position = 0;
        request.Headers.Remove(HeaderNames.TransferEncoding);
        request.ContentLength = request.Body.Length;
        await rest(context);
    }
}
