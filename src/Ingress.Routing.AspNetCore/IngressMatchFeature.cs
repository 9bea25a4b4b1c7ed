using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>What the middleware found out about one request.</summary>
internal sealed class IngressMatchFeature(IngressMatch match, IngressRouteTable table) : IIngressMatchFeature
{
    private HttpPolicyRequest? _request;

    public IngressMatch Match { get; } = match;

    public IngressRouteTable Table { get; } = table;

    public ReadOnlyMemory<char> ForwardedPath { get; private set; } = match.Path;

    public ReadOnlyMemory<char> ForwardedQuery { get; private set; } = match.Query;

    public string? StrippedPrefix { get; private set; }

    /// <summary>What policies see of the request. Made when the first of them asks.</summary>
    public IPolicyRequest RequestOf(HttpContext context) => _request ??= new(context, Match);

    /// <summary>Lets the request go on with another target.</summary>
    /// <param name="target">A canonical path, with an optional query.</param>
    /// <param name="strippedPrefix">What was taken away from the start of the path; null when nothing was.</param>
    public void Rewrite(string target, string? strippedPrefix)
    {
        StrippedPrefix = strippedPrefix;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        ForwardedPath = query < 0 ? target.AsMemory() : target.AsMemory(0, query);
        ForwardedQuery = query < 0 ? default : target.AsMemory(query);
    }
}
