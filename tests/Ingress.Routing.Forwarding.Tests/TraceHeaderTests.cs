using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests;

[Collection(nameof(TraceHeaderTests))]
public sealed class TraceHeaderTests
{
    private static readonly string[] s_trace =
    [
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "tracestate: vendor=a;b, other=1",
        "baggage: user=J%20K;p=1 , tenant=x",
        "Correlation-Context: a=1,b=2",
        "Request-Id: |abc.1.",
        "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
        "X-B3-TraceId: 80f198ee56343ba864fe8b2a57d3eff7",
    ];

    [Fact]
    public async Task WithoutTracing_TraceHeadersPassUntouched()
    {
        var head = await ForwardAsync(s_trace);

        Assert.All(s_trace, line => Assert.Contains($"{line}\r\n", head, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(s_trace.Length, Lines(head).Count(IsTrace));
    }

    [Fact]
    public async Task WithoutTracing_NothingIsAdded()
    {
        var head = await ForwardAsync();

        Assert.DoesNotContain(Lines(head), IsTrace);
    }

    [Fact]
    public async Task WithTracing_TheRequestGetsANewParent()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);

        var head = await ForwardAsync(s_trace[0]);

        var parent = Assert.Single(Lines(head), static line => line.StartsWith("traceparent:", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("00-0af7651916cd43dd8448eb211c80319c-", parent, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", parent, StringComparison.Ordinal);
    }

    // The server makes an activity of its own only where something is logged.
    private static async Task<string> ForwardAsync(params string[] headers)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port), services: services => services.AddSingleton<ILoggerProvider>(new LogLines(LogLevel.Information)));
        using var client = await proxy.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 200 ", await client.GetAsync("/", "shop.test", headers), StringComparison.Ordinal);
        return Assert.Single(backend.Requests);
    }

    private static string[] Lines(string head) => head.Split("\r\n");

    private static bool IsTrace(string line) => s_trace.Any(trace => line.StartsWith(trace[..(trace.IndexOf(':', StringComparison.Ordinal) + 1)], StringComparison.OrdinalIgnoreCase));
}
