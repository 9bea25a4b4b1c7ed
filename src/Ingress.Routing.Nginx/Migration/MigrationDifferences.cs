using System.Buffers;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Migration;

/// <summary>Finds requests that are answered otherwise than under ingress-nginx, on purpose.</summary>
/// <param name="table">A table that was compiled with the dialect.</param>
/// <param name="options">The settings of the dialect.</param>
/// <param name="hosts">The hosts of its Ingresses.</param>
internal sealed class MigrationDifferences(IngressRouteTable table, NginxOptions options, IReadOnlyList<MigratedHost> hosts)
{
    private const string Unmatched = "/not-a-path-of-any-rule";

    private static readonly SearchValues<char> s_special = SearchValues.Create("()[]{}*+?|^$\\");

    // What is a property of the Service there, and of the Ingress here.
    private static readonly string[] s_ofServices =
        ["load-balance", "upstream-hash-by", "upstream-hash-by-subset", "upstream-hash-by-subset-size", "service-upstream"];

    private static readonly Dictionary<string, string> s_inherited = new(StringComparer.Ordinal)
    {
        ["auth-url"] = "asks the authentication service",
        ["auth-type"] = "asks for a password (401)",
        ["whitelist-source-range"] = "answers 403 to addresses outside the list",
        ["allowlist-source-range"] = "answers 403 to addresses outside the list",
        ["denylist-source-range"] = "answers 403 to addresses on the list",
        ["permanent-redirect"] = "redirects",
        ["temporal-redirect"] = "redirects",
        ["force-ssl-redirect"] = "redirects to https",
    };

    /// <summary>All of them, each with the Ingress that it is about.</summary>
    public IEnumerable<(NamespacedName Ingress, RequestDifference Difference)> All()
        => hosts.SelectMany(OfHost).Concat(DuplicatePaths()).Concat(ServiceSettings()).Concat(CanaryShares());

    private IEnumerable<(NamespacedName Ingress, RequestDifference Difference)> OfHost(MigratedHost host)
    {
        var isRegex = IsRegex(host);
        foreach (var rule in host.Rules.Where(rule => !IsCanary(rule.Ingress)))
        {
            if (!isRegex && TrailingSlash(rule, host) is { } slash)
            {
                yield return (rule.Ingress.Name, slash);
            }

            if (isRegex && options.Strict && Contagion(rule, host) is { } contagion)
            {
                yield return (rule.Ingress.Name, contagion);
            }

            if (rule.Path.Contains("%2f", StringComparison.OrdinalIgnoreCase))
            {
                yield return (rule.Ingress.Name, new("encoded slash", host.Url(rule.Path), "decodes '%2F' before it compares", "keeps '%2F' encoded, and compares it so"));
            }
        }

        foreach (var ingress in host.Ingresses.Where(static ingress => ingress.Tls.Count > 0))
        {
            if (TlsRedirect(ingress, host) is { } redirect)
            {
                yield return (ingress.Name, redirect);
            }
        }

        foreach (var ingress in host.Ingresses.Where(ingress => Text(ingress, "server-snippet") is not null))
        {
            if (host.Rules.FirstOrDefault(rule => !ReferenceEquals(rule.Ingress, ingress)) is { } other)
            {
                yield return (ingress.Name, new(
                    "server-snippet", host.Url(SampleOf(other.Path)), "follows the snippet for all paths of the host", "follows it for the paths of its own Ingress"));
            }
        }

        if (!host.HasRoot)
        {
            foreach (var unmatched in UnmatchedPaths(host))
            {
                yield return (host.Oldest.Name, unmatched);
            }
        }
    }

    // nginx redirects to the path with the slash; a Prefix takes both here (semantics 4.8).
    private RequestDifference? TrailingSlash(MigratedRule rule, MigratedHost host)
    {
        if (rule.Path.Length < 2 || !rule.Path.EndsWith('/'))
        {
            return null;
        }

        var path = rule.Path[..^1];
        if (host.Rules.Any(other => other.Path == path))
        {
            return null;
        }

        var route = host.RouteOf(path, table);
        return new("trailing slash", host.Url(path), $"301 to {rule.Path}", route is null ? "404" : $"served by {Describe(route)}");
    }

    private RequestDifference? Contagion(MigratedRule rule, MigratedHost host)
        => IsRegexItself(rule.Ingress) || rule.Path == "/"
            ? null
            : new(
                "regular expressions of another Ingress",
                host.Url(rule.Path.TrimEnd('/') + "x"),
                $"takes it for '{rule.Path}', in any case of letters",
                "does not: with 'strict' paths are changed by their own Ingress alone");

    // With a 'tls' entry ingress-nginx redirects, whatever the certificate.
    private RequestDifference? TlsRedirect(IngressResource ingress, MigratedHost host)
    {
        var isOff = (Text(ingress, "ssl-redirect") ?? (options.SslRedirect ? "true" : "false")) is "false" or "0" or "f" or "F" or "False" or "FALSE";
        var rule = host.Rules.FirstOrDefault(rule => ReferenceEquals(rule.Ingress, ingress));
        if (isOff || rule is null || options.NoTlsRedirectLocations.Any(location => rule.Path.StartsWith(location, StringComparison.Ordinal)))
        {
            return null;
        }

        var path = SampleOf(rule.Path);
        var route = host.RouteOf(path, table);
        return route is null || route.Source.Name != ingress.Name || route.Policies.IsClosed || route.Policies.Find<HttpsRedirect>() is not null
            ? null
            : new("redirect to https", host.Url(path), "308 to https, with a certificate of its own if there is no other", $"served by {Describe(route)}, for https would be refused");
    }

    private IEnumerable<RequestDifference> UnmatchedPaths(MigratedHost host)
    {
        var request = host.Url(Unmatched);
        var route = host.RouteOf(Unmatched, table);
        if (route?.Path is not null)
        {
            yield break; // a pattern takes it
        }

        var here = route is null ? "404" : $"served by {Describe(route)}";
        foreach (var (name, does) in s_inherited.Where(pair => Text(host.Oldest, pair.Key) is { Length: > 0 } text && text != "false"))
        {
            yield return new("unmatched path", request, $"{does}: unmatched paths have the annotations of the oldest Ingress of the host", here);
            yield break;
        }

        if (route is not null && host.Ingresses.All(static ingress => ingress.DefaultBackend is null))
        {
            yield return new("default backend", request, "answers 404 from its own default backend", here);
        }
    }

    private IEnumerable<(NamespacedName Ingress, RequestDifference Difference)> DuplicatePaths()
        => from host in hosts
           from same in host.Rules.Where(static rule => rule.Service is not null).GroupBy(static rule => (rule.Path, rule.Type))
           let owners = same.Where(rule => !IsCanary(rule.Ingress)).ToList()
           where owners.Count > 1 && owners.Select(static rule => rule.Ingress.Metadata.CreationTimestamp).Distinct().Count() == 1
           let names = owners.Select(static rule => rule.Ingress.Name.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
           where names.Count > 1
           select (owners[0].Ingress.Name, new RequestDifference(
               "duplicate path",
               host.Url(SampleOf(owners[0].Path)),
               $"served by {names[^1]}, if both are of the same age: the last by name",
               $"served by {names[0]}: the first by name"));

    private IEnumerable<(NamespacedName Ingress, RequestDifference Difference)> ServiceSettings()
        => from rule in hosts.SelectMany(static host => host.Rules, static (host, rule) => (Host: host, Rule: rule))
           where rule.Rule.Service is not null && !IsCanary(rule.Rule.Ingress)
           group rule by rule.Rule.Service into service
           let first = service.OrderBy(static item => item.Rule.Ingress.Name.ToString(), StringComparer.Ordinal).First()
           from other in service
           where !ReferenceEquals(other.Rule.Ingress, first.Rule.Ingress)
           from name in s_ofServices
           where Text(other.Rule.Ingress, name) != Text(first.Rule.Ingress, name)
           select (other.Rule.Ingress.Name, new RequestDifference(
               $"'{name}' of a Service",
               other.Host.Url(SampleOf(other.Rule.Path)),
               $"one setting for Service {service.Key}, that of the oldest Ingress with it ({first.Rule.Ingress.Name} or this one)",
               "the setting of this Ingress"));

    // A canary hangs on the Service there, and on the rule here.
    private IEnumerable<(NamespacedName Ingress, RequestDifference Difference)> CanaryShares()
    {
        foreach (var (host, canary) in hosts.SelectMany(static host => host.Rules, static (host, rule) => (host, rule)).Where(pair => IsCanary(pair.rule.Ingress)))
        {
            var main = host.Rules.FirstOrDefault(rule => !IsCanary(rule.Ingress) && rule.Path == canary.Path && rule.Type == canary.Type);
            if (main is null)
            {
                const string Nothing = "nothing is served for it: a canary needs a rule with its host, path and path type";
                yield return (canary.Ingress.Name, new("canary without a main rule", host.Url(SampleOf(canary.Path)), Nothing, Nothing));
                continue;
            }

            var others = hosts.SelectMany(static other => other.Rules, static (other, rule) => (Host: other, Rule: rule))
                .Where(other => other.Rule.Service == main.Service && other.Rule != main && !IsCanary(other.Rule.Ingress)).Take(1);
            foreach (var other in others)
            {
                yield return (canary.Ingress.Name, new(
                    "canary of a Service",
                    other.Host.Url(SampleOf(other.Rule.Path)),
                    $"sends a share to the canary too, because the rule has the Service of the main one ({main.Service})",
                    "goes to the main Service: a canary takes requests of its own rule"));
            }
        }
    }

    private bool IsRegex(MigratedHost host) => host.Ingresses.Any(IsRegexItself);

    private bool IsRegexItself(IngressResource ingress)
        => IsTrue(Text(ingress, "use-regex"))
            || (Text(ingress, "rewrite-target") is { Length: > 0 } target
                && !(target == "/" && ingress.Rules.SelectMany(static rule => rule.Paths ?? []).All(static path => path.Path is null or "" or "/")));

    private bool IsCanary(IngressResource ingress) => IsTrue(Text(ingress, "canary"));

    private static bool IsTrue(string? text) => text is not null && NginxText.TryReadBoolean(text, out bool value) && value;

    private string? Text(IngressResource ingress, string name) => ingress.Metadata.Annotations.GetValueOrDefault($"{options.Prefix}/{name}")?.Trim();

    // A request for a path that may be a pattern: what stands before its first special character.
    private static string SampleOf(string path)
    {
        var special = path.AsSpan().IndexOfAny(s_special);
        var start = special < 0 ? path : path[..special];
        return start.StartsWith('/') ? start : "/" + start;
    }

    private static string Describe(IngressRoute route) => route.Service is { } service ? $"{service}" : $"{route.Source.Name}";
}
