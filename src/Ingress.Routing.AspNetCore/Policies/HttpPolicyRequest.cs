using System.Net;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore;

/// <summary>What policies see of a request.</summary>
internal sealed class HttpPolicyRequest(HttpContext context, IngressMatch match, IngressRouteTable table) : IPolicyRequest
{
    private string? _host;

    public string Method => context.Request.Method;

    public string Scheme => context.Request.Scheme;

    public string Host => _host ??= IngressRouteTable.ReadHost(
        context.Request.Headers.Host, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    public string ReceivedHost => new HostString(context.Request.Headers.Host.ToString()).Host;

    public HostPolicies HostPolicies => match.HostPolicies;

    public bool HasCertificate => table.FindCertificate(Host) is not null || table.Options.StandIns.Certificates is not null;

    public ReadOnlyMemory<char> Path => match.Path;

    public string? RoutePath => RoutePattern is null ? match.Route?.Path : null;

    public PathPattern? RoutePattern => match.Route?.Pattern;

    public ReadOnlyMemory<char> Query => match.Query;

    public IPAddress? ClientAddress => context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
        ? mapped.MapToIPv4()
        : context.Connection.RemoteIpAddress;

    public string Id => context.TraceIdentifier;

    public string? Header(string name) => HttpRouteRequest.Find(context, name);
}
