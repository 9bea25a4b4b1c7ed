using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>What one would write in an afternoon, to compare with: no canonical forms, no default backends, a list for each host.</summary>
internal sealed class NaiveRouter
{
    private readonly Dictionary<string, List<IngressPath>> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public NaiveRouter(IEnumerable<(string Host, IngressPath Path)> rules)
    {
        foreach (var host in rules.GroupBy(rule => rule.Host, rule => rule.Path))
        {
            _hosts[host.Key] = [.. host.OrderByDescending(path => path.PathType == PathTypes.Exact).ThenByDescending(path => path.Path!.Length)];
        }
    }

    public IngressPath? Find(string host, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        if (!_hosts.TryGetValue(host, out var paths) && !_hosts.TryGetValue("*" + host[host.IndexOf('.', StringComparison.Ordinal)..], out paths))
        {
            return null;
        }

        return paths.Find(rule => rule.PathType == PathTypes.Exact ? rule.Path == path : IsPrefix(rule.Path!.TrimEnd('/'), path));
    }

    private static bool IsPrefix(string rule, string path)
        => path.StartsWith(rule, StringComparison.Ordinal) && (path.Length == rule.Length || path[rule.Length] == '/');
}
