using BenchmarkDotNet.Attributes;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Benchmarks;

/// <summary>What policies cost a request: the middleware and the endpoint of a route with none, one, and five of them.</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    private static readonly (string Name, string Text)[] s_policies =
    [
        ("rewrite-prefix", "/v2"),
        ("rate-limit", "1000000/s"),
        ("concurrency-limit", "1000000"),
        ("request-headers-set", "X-Team: shop"),
        ("redirect-pattern", "/old/(.*)"),
        ("redirect-target", "/new/$1"),
    ];

    private readonly DefaultHttpContext _context = new();
    private RequestDelegate _ingress = static _ => Task.CompletedTask;
    private IHttpRequestFeature? _request;

    /// <summary>How many policies the route has; the last two annotations make one.</summary>
    [Params(0, 1, 5)]
    public int Policies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var annotations = s_policies.Take(Policies == 5 ? s_policies.Length : Policies);
        var ingress = new IngressResource
        {
            Metadata = new()
            {
                Name = "shop",
                Namespace = "shop",
                Annotations = annotations.ToDictionary(static pair => $"ingress.routing/{pair.Name}", static pair => pair.Text),
            },
            Rules =
            [
                new()
                {
                    Host = "shop.example.test",
                    Paths = [new() { Path = "/api", PathType = PathTypes.Prefix, Backend = IngressBackend.ForService("api", 80) }],
                },
            ],
        };
        var table = IngressRouteTable.Compile(new() { Ingresses = [ingress] });
        if (table.Routes[0].Policies.All.Count != Policies)
        {
            throw new InvalidOperationException($"The route has other policies: {table.Routes[0].Policies}.");
        }

        var services = new ServiceCollection();
        services.AddLogging().AddMetrics().AddIngressRouting().ConfigureIngressEndpoints(static endpoint => endpoint.RequestDelegate = static _ => Task.CompletedTask);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IngressRouter>().Publish(table);
        var app = new ApplicationBuilder(provider);
        app.UseIngressRouting();
        app.Run(static context => context.GetEndpoint()!.RequestDelegate!(context));
        _ingress = app.Build();

        _context.RequestServices = provider;
        _context.Request.Method = "GET";
        _request = _context.Features.GetRequiredFeature<IHttpRequestFeature>();
    }

    [Benchmark]
    public Task Serve()
    {
        _context.SetEndpoint(null);
        _request!.Headers.Host = "shop.example.test";
        _request.RawTarget = "/api/items/1";
        return _ingress(_context);
    }
}
