using System.Net;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Docs.Tests.Annotations;

/// <summary>A gateway before a backend that says what it was asked: its target on the first line, then its headers.</summary>
/// <remarks>Clients speak to it through a proxy that it trusts, which says who they are (192.0.2.1) and which scheme they use.</remarks>
public sealed class AnnotationSite : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private readonly WebApplication _backend = Build(static _ => { });
    private readonly WebApplication _gateway = Build(static services => services
        .AddIngressRouting(options => options.TrustedProxies.Add("127.0.0.0/8"))
        .AddForwarding());

    public async Task InitializeAsync()
    {
        _backend.Run(static context =>
        {
            context.Response.Headers["X-Powered-By"] = "backend";
            context.Response.StatusCode = context.Request.Path == "/missing" ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var headers = context.Request.Headers.SelectMany(static header => header.Value.Select(value => $"{header.Key}: {value}"));
            return context.Response.WriteAsync(string.Join('\n', headers.Prepend(target)));
        });
        _gateway.UseIngressRouting();
        await _backend.StartAsync();
        await _gateway.StartAsync();
    }

    public void Dispose() => _client.Dispose();

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    /// <summary>Serves one Ingress.</summary>
    /// <param name="name">Its name; what limits count is counted for this name.</param>
    /// <param name="annotations">Its annotations.</param>
    /// <param name="options">How it is compiled.</param>
    public void Serve(string name, IReadOnlyDictionary<string, string> annotations, RouteTableOptions options)
    {
        string[] hosts = ["shop.example.test", "www.shop.example.test"];
        var snapshot = new ClusterSnapshot
        {
            Ingresses =
            [
                Some.Ingress(
                    $"shop/{name}",
                    hosts.Select(static host => Some.Rule(host, Some.Prefix("/"), Some.Prefix("/api"), Some.Prefix("/down", "down"))),
                    annotations: annotations),
            ],
            Services = [Some.Service("shop/web"), Some.Service("shop/errors"), Some.Service("shop/down")],
            EndpointSlices = [Some.Slice("shop/web", PortOf(_backend), "127.0.0.1"), Some.Slice("shop/errors", PortOf(_backend), "127.0.0.1")],
        };
        _gateway.Services.GetRequiredService<IngressRouter>().Publish(IngressRouteTable.Compile(snapshot, options with { AllowLoopbackDestinations = true }));
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri url, IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{PortOf(_gateway)}{url.PathAndQuery}"));
        request.Headers.Host = url.Authority;
        request.Headers.Add("X-Forwarded-Proto", url.Scheme);
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        foreach (var (name, value) in headers)
        {
            if (name == "Body")
            {
                request.Content = new StringContent(value);
                continue;
            }

            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request);
    }

    private static WebApplication Build(Action<IServiceCollection> services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        services(builder.Services);
        return builder.Build();
    }

    private static int PortOf(WebApplication app) => new Uri(app.Urls.Single()).Port;
}
