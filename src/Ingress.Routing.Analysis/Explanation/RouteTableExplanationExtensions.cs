using Ingress.Routing.Explanation;

namespace Ingress.Routing;

/// <summary>Lets a table explain itself.</summary>
public static class RouteTableExplanationExtensions
{
    /// <summary>Says why a request goes where it goes: every rule that was applied, every path that lost, and its reason.</summary>
    /// <param name="table">The table that is asked.</param>
    /// <param name="host">As for <see cref="IngressRouteTable.Match(string?, string)"/>.</param>
    /// <param name="target">As for <see cref="IngressRouteTable.Match(string?, string)"/>.</param>
    /// <param name="serverName">The SNI of the connection, empty when it has none; null for a request over plain http, which has no certificate.</param>
    /// <param name="request">Its method and headers; null for a GET request without headers.</param>
    /// <returns>
    /// The explanation. Its outcome is that of <see cref="IngressRouteTable.Match(string?, string)"/> and <see cref="IngressRouteTable.FindCertificate(string?)"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> or <paramref name="target"/> is null.</exception>
    /// <remarks>For people: it goes through all Ingresses of the table each time, which takes milliseconds for thousands.</remarks>
    public static MatchExplanation Explain(this IngressRouteTable table, string? host, string target, string? serverName = null, RouteRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(target);
        return new MatchExplainer(table, request ?? RouteRequest.Plain).Explain(host, target, serverName);
    }
}
