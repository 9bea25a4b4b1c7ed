using System.Diagnostics;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Benchmarks;

/// <summary>ASP.NET Core's own routing with the rules of a fleet. It ignores the case of paths and lets <c>*.x</c> stand for several labels.</summary>
internal sealed class EndpointRouter
{
    private readonly RequestDelegate _pipeline;
    private readonly DefaultHttpContext _context;

    public EndpointRouter(Fleet fleet)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddRouting().AddSingleton(new DiagnosticListener("benchmarks"));
        var provider = services.BuildServiceProvider();
        var app = new ApplicationBuilder(provider);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.DataSources.Add(
            new DefaultEndpointDataSource(fleet.Rules.SelectMany(static rule => rule.Paths!.Select(path => EndpointOf(rule, path))))));
        _pipeline = app.Build();
        _context = new DefaultHttpContext { RequestServices = provider };
        _context.Request.Method = "GET";
        Match("warm.up", "/"); // builds the automaton
    }

    public bool Match(string host, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        _context.Request.Host = new HostString(host);
        _context.Request.Path = query < 0 ? target : target[..query];
        _context.SetEndpoint(null);
        _context.Response.StatusCode = StatusCodes.Status200OK;
        _pipeline(_context).GetAwaiter().GetResult();
        return _context.Response.StatusCode == StatusCodes.Status200OK;
    }

    private static RouteEndpoint EndpointOf(IngressRule rule, IngressPath path)
    {
        var isExact = path.PathType == PathTypes.Exact;
        var pattern = RoutePatternFactory.Parse(isExact ? path.Path! : path.Path!.TrimEnd('/') + "/{**rest}");
        return new RouteEndpoint(
            static _ => Task.CompletedTask, pattern, isExact ? 0 : 1, new EndpointMetadataCollection(new HostAttribute(rule.Host!)), rule.Host + path.Path);
    }
}
