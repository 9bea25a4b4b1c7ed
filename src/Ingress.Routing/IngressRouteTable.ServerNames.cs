using Ingress.Routing.Matching;
using Ingress.Routing.Tls;

namespace Ingress.Routing;

/// <content>What the routes say about server names; certificates come from TLS entries.</content>
public sealed partial class IngressRouteTable
{
    /// <summary>Makes a server name canonical, if the table has routes for it.</summary>
    /// <param name="serverName">The SNI as received, in A-label or Unicode form; null or empty when there was none.</param>
    /// <returns>
    /// The name as D17 compares it: the A-label form in lower case, without a final dot. Null when it counts as no server name, or when neither
    /// an exact, wildcard or host-less rule nor a default backend takes requests for it, whatever their path.
    /// </returns>
    public string? FindRoutedName(string? serverName)
    {
        if (!ServerName.TryRead(serverName, out var name) || !Takes(name))
        {
            return null;
        }

        // Clients send names in this form, so that nothing is allocated.
        return name.Text.SequenceEqual(serverName) && !name.Text.ContainsAnyInRange('A', 'Z')
            ? serverName
            : name.Text.ToString().ToLowerInvariant();
    }

    /// <summary>The host of a request in its canonical form: lower case, without port and final dot.</summary>
    /// <param name="host">As for <see cref="Match(string?, string)"/>.</param>
    /// <param name="target">As for <see cref="Match(string?, string)"/>; the authority of an absolute URL goes before the host.</param>
    /// <returns>The host; empty when the request names none, or a malformed one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    public static string ReadHost(string? host, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var read = RouteMatcher.HostOf(host, target).Text;
        return read.SequenceEqual(host) && !read.ContainsAnyInRange('A', 'Z') ? host ?? "" : read.ToString().ToLowerInvariant();
    }

    // A named host keeps its requests, even those that none of its paths takes (D5b).
    private bool Takes(RequestHost name)
    {
        var matcher = _compiled.Matcher;
        return matcher.Hostless is not null
            || matcher.Named.HasExact(name)
            || matcher.Named.HasWildcard(name)
            || Match(name.Text.ToString(), "/").Status == IngressMatchStatus.DefaultBackend;
    }
}
