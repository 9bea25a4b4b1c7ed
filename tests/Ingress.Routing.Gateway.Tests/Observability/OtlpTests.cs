using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Gateway.Tests.Observability;

// Whether a trace is listened to is known to the whole process, so that other tests would be traced too.
[Collection(nameof(OtlpTests))]
public sealed class OtlpTests : IDisposable
{
    private const string ClientTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string ClientSpan = "b7ad6b7169203331";

    private readonly ManifestFolder _folder = new();

    public OtlpTests() => _folder.Write("shop.yaml", ManifestText.Shop());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Otlp_OverHttp_HasASpanOfTheServer_AndOneForEachTry()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var parent = "";
        await using var backend = await TestBackend.StartAsync(context =>
        {
            parent = context.Request.Headers.TraceParent.ToString();
            return context.Response.WriteAsync("fine");
        });
        await using (var gateway = await StartAsync(receiver.Address + "/", backend.Address, [new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]))
        {
            Assert.Equal(200, (await GetAsync(gateway, "/cart?token=SECRET", "01")).Status);
        }

        // The backend runs in this process too, and has a span of its own.
        var server = Assert.Single(receiver.Spans, static span => span.Kind == ReceivedSpan.Server && span.ParentId == ClientSpan);
        var client = Assert.Single(receiver.Spans, static span => span.Kind == ReceivedSpan.Client && span.TraceId == ClientTrace);
        Assert.Equal((ClientTrace, "GET /"), (server.TraceId, server.Name));
        Assert.Equal(server.SpanId, client.ParentId);
        Assert.Equal($"00-{ClientTrace}-{client.SpanId}-01", parent);
        Assert.Equal("GET", server.Tags["http.request.method"]);
        Assert.Equal("200", server.Tags["http.response.status_code"]);
        Assert.Equal("/", server.Tags["http.route"]);
        Assert.Equal("/cart", server.Tags["url.path"]);
        Assert.Equal("shop.example.com", server.Tags["server.address"]);
        Assert.Equal("shop/shop", server.Tags["ingress_routing.ingress"]);
        Assert.Equal("shop/web:80", server.Tags["ingress_routing.service"]);
        Assert.Equal("1", server.Tags["ingress_routing.generation"]);
        Assert.Equal("GET", client.Tags["http.request.method"]);
        Assert.Equal("200", client.Tags["http.response.status_code"]);
        Assert.DoesNotContain("SECRET", string.Join(' ', receiver.Spans.SelectMany(static span => span.Tags.Values)), StringComparison.Ordinal);
        Assert.Contains("ingress_routing.request.duration", receiver.Metrics);
        Assert.Contains("ingress_routing.route.requests", receiver.Metrics);
    }

    [Fact]
    public async Task Otlp_OverGrpc_ArrivesToo()
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http2);
        await using var backend = await TestBackend.StartAsync(static context => context.Response.WriteAsync("fine"));
        await using (var gateway = await StartAsync(receiver.Address, backend.Address, []))
        {
            Assert.Equal(200, (await GetAsync(gateway, "/", "01")).Status);
        }

        Assert.Contains(receiver.Spans, static span => span.Kind == ReceivedSpan.Server && span.TraceId == ClientTrace);
        Assert.Contains("ingress_routing.request.duration", receiver.Metrics);
    }

    [Fact]
    public async Task Trace_ThatItsClientDoesNotRecord_IsNotRecordedHere_AndGoesOn()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var parent = "";
        await using var backend = await TestBackend.StartAsync(context =>
        {
            parent = context.Request.Headers.TraceParent.ToString();
            return context.Response.WriteAsync("fine");
        });
        await using (var gateway = await StartAsync(null, backend.Address, [new("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]))
        {
            Assert.Equal(200, (await GetAsync(gateway, "/", "00")).Status);
        }

        Assert.DoesNotContain(receiver.Spans, static span => span.TraceId == ClientTrace);
        Assert.StartsWith($"00-{ClientTrace}-", parent, StringComparison.Ordinal);
        Assert.EndsWith("-00", parent, StringComparison.Ordinal);
        Assert.NotEmpty(receiver.Metrics);
    }

    [Fact]
    public async Task Environment_ThatSaysNothing_SendsNothing()
    {
        await using var backend = await TestBackend.StartAsync(static context => context.Response.WriteAsync(context.Request.Headers.TraceParent.ToString()));
        await using var gateway = await StartAsync(null, backend.Address, []);

        Assert.Equal($"00-{ClientTrace}-{ClientSpan}-01", (await GetAsync(gateway, "/", "01")).Body);
    }

    private static Task<RawResponse> GetAsync(RunningGateway gateway, string target, string flags)
        => RawHttp.SendAsync(
            gateway.Http,
            $"GET {target} HTTP/1.1\r\nHost: shop.example.com\r\ntraceparent: 00-{ClientTrace}-{ClientSpan}-{flags}\r\nConnection: close\r\n\r\n");

    private Task<RunningGateway> StartAsync(string? otlp, string backend, KeyValuePair<string, string>[] environment)
    {
        Assert.True(BackendAddress.TryParse($"shop/web:80={backend}", out var address));
        Assert.True(ListenAddress.TryParse("127.0.0.1:0", out var listen));
        return RunningGateway.StartAsync(new RunSettings
        {
            Manifests = [_folder.Path],
            Http = [listen],
            Backends = [address],
            Observability = new()
            {
                Otlp = otlp is null ? null : new Uri(otlp),
                Environment = new Dictionary<string, string>(environment),
            },
        });
    }
}
