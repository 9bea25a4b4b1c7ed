using System.Collections.Concurrent;
using System.Net;
using Ingress.Routing.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>A gateway with the dialect of ingress-nginx before a backend, on real sockets. It trusts what is sent from loopback about clients.</summary>
/// <remarks>
/// The Ingress <c>t/i</c> has host <c>h.test</c>, path <c>/</c> of Service <c>web</c> and path <c>/down</c> of a Service without endpoints. The
/// backend, which is the Service <c>errors</c> too, says what it was asked: its target, its headers, its body. It answers <c>/status/404</c> with 404.
/// </remarks>
internal sealed class NginxGateway : IAsyncDisposable
{
    public const string Host = "h.test";

#pragma warning disable CA2262 // It is meant in kilobytes.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = 1024 })
    {
        Timeout = TimeSpan.FromMinutes(1),
    };
#pragma warning restore CA2262
    private readonly WebApplication _backend;
    private readonly WebApplication _gateway;
    private readonly NginxOptions _options;

    private NginxGateway(WebApplication backend, WebApplication gateway, NginxOptions options)
    {
        _backend = backend;
        _gateway = gateway;
        _options = options;
    }

    /// <summary>What the backend was asked, in its own words.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Holds the requests for <c>/hold</c> until it is set.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Url => new(_gateway.Urls.Single());

    public int BackendPort => new Uri(_backend.Urls.Single()).Port;

    public static Task<NginxGateway> StartAsync(params (string Name, string Text)[] annotations) => StartAsync(new(), annotations);

    public static async Task<NginxGateway> StartAsync(NginxOptions options, params (string Name, string Text)[] annotations)
    {
        var backend = Build(static _ => { });
        var gateway = Build(static services => services.AddIngressRouting(static options => options.TrustedProxies.Add("127.0.0.0/8")).AddForwarding());
        var site = new NginxGateway(backend, gateway, options);
        backend.Run(site.AnswerAsync);
        gateway.UseIngressRouting();
        await backend.StartAsync();
        await gateway.StartAsync();
        site.Serve(annotations);
        return site;
    }

    /// <summary>Serves the Ingress with other annotations.</summary>
    public void Serve(params (string Name, string Text)[] annotations) => Serve("i", annotations);

    /// <summary>Serves an Ingress of another name, whose counters are new.</summary>
    public void Serve(string name, (string Name, string Text)[] annotations, ServiceReference? defaultBackend = null)
    {
        var snapshot = new ClusterSnapshot
        {
            Ingresses = [Some.Ingress($"t/{name}", [Some.Rule(Host, Some.Prefix("/"), Some.Prefix("/down", "down"))], annotations: NginxScenario.Named(annotations))],
            Services = [Some.Service("t/web"), Some.Service("t/down"), Some.Service("t/errors", 8080)],
            EndpointSlices = [Some.Slice("t/web", BackendPort, "127.0.0.1"), Some.Slice("t/errors", BackendPort, "127.0.0.1")],
        };
        var options = new RouteTableOptions
        {
            AllowLoopbackDestinations = true,
            AnnotationDialects = [NginxAnnotations.CreateDialect(_options)],
            DefaultBackend = defaultBackend,
        };
        _gateway.Services.GetRequiredService<IngressRouter>().Publish(IngressRouteTable.Compile(snapshot, options));
    }

    public Task<HttpResponseMessage> SendAsync(string target, HttpMethod? method = null, HttpContent? content = null, params (string Name, string Value)[] headers)
        => SendAsync(Url, target, method, content, headers);

    /// <summary>Sends the same request to another server.</summary>
    public async Task<HttpResponseMessage> SendAsync(Uri url, string target, HttpMethod? method = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(url, target)) { Content = content };
        request.Headers.Host = Host;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request);
    }

    public async Task<int> StatusAsync(string target = "/", params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(target, headers: headers);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Release.TrySetResult();
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var text = await body.ReadToEndAsync();
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Asked.Enqueue($"{context.Request.Method} {target}");
        if (context.Request.Path == "/hold")
        {
            await Release.Task.WaitAsync(context.RequestAborted);
        }

        if (context.Request.Path.StartsWithSegments("/status", out var status))
        {
            context.Response.StatusCode = int.Parse(status.Value![1..], null);
        }

        if (context.Request.Path.StartsWithSegments("/headers", out var size))
        {
            context.Response.Headers["X-Large"] = new string('x', int.Parse(size.Value![1..], null));
        }

        context.Response.Headers["X-Backend"] = "web";
        context.Response.Headers.AccessControlAllowOrigin = "https://backend.test";
        var headers = context.Request.Headers.SelectMany(static header => header.Value.Select(value => $"{header.Key}: {value}"));
        await context.Response.WriteAsync($"{context.Request.Method} {target}\n{string.Join('\n', headers)}\n\n{text}");
    }

    private static WebApplication Build(Action<IServiceCollection> services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        services(builder.Services);
        return builder.Build();
    }
}
