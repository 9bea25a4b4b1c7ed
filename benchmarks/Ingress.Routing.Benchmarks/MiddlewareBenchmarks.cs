using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Benchmarks;

/// <summary>The middleware in a pipeline, on a context that is used again: what a request costs beyond the match.</summary>
[MemoryDiagnoser]
public class MiddlewareBenchmarks
{
    private const int Hosts = 1_000;
    private const int Paths = 5;
    private const int Count = 4_096;

    private readonly DefaultHttpContext _context = new();
    private RequestDelegate _ingress = static _ => Task.CompletedTask;
    private EndpointRouter? _endpointRouter;
    private IngressRouteTable _table = IngressRouteTable.Empty;
    private Requests? _requests;
    private IHttpRequestFeature? _request;

    [GlobalSetup]
    public void Setup()
    {
        var fleet = new Fleet(Hosts, Paths);
        _requests = Requests.OfKind(fleet, Requests.Kind.Exact);
        _table = IngressRouteTable.Compile(fleet.Snapshot);

        var services = new ServiceCollection();
        services.AddLogging().AddIngressRouting();
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IngressRouter>().Publish(_table);
        var app = new ApplicationBuilder(provider);
        app.UseIngressRouting();
        app.Run(static _ => Task.CompletedTask);
        _ingress = app.Build();

        _context.RequestServices = provider;
        _context.Request.Method = "GET";
        _request = _context.Features.GetRequiredFeature<IHttpRequestFeature>();
        _endpointRouter = new EndpointRouter(new Fleet(100, Paths));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public async Task UseIngressRouting()
    {
        for (var i = 0; i < Count; i++)
        {
            _context.SetEndpoint(null);
            _request!.Headers.Host = _requests!.Hosts[i];
            _request.RawTarget = _requests.Targets[i];
            await _ingress(_context);
        }
    }

    /// <summary>A lower bound that cheats: the match alone.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int MatchAlone()
    {
        var found = 0;
        for (var i = 0; i < Count; i++)
        {
            found += _table.Match(_requests!.Hosts[i], _requests.Targets[i]).Route is null ? 0 : 1;
        }

        return found;
    }

    /// <summary>ASP.NET Core's routing with a tenth of the hosts, because it takes its time to build.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int UseRouting()
    {
        var found = 0;
        for (var i = 0; i < Count; i++)
        {
            found += _endpointRouter!.Match(_requests!.Hosts[i], _requests.Targets[i]) ? 1 : 0;
        }

        return found;
    }
}
