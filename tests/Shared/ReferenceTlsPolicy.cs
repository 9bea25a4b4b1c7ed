using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Section 12 of the semantics, written so that it can be checked by reading. Slow on purpose; takes valid Ingresses only.</summary>
/// <remarks>Of a policy it knows who decides: <c>code</c>, an Ingress, or nobody.</remarks>
internal sealed class ReferenceTlsPolicy(ClusterSnapshot snapshot, RouteTableOptions options)
{
    private const string Nobody = "default";

    private readonly List<IngressResource> _byAge =
        [.. snapshot.Ingresses.Where(ingress => ReferenceClassSelection.IsServed(ingress, snapshot, options)).Order(ReferenceAge.Order)];

    /// <summary>Who decides for a name: <c>code:host</c>, <c>namespace/name</c>, or <c>default</c>.</summary>
    /// <param name="name">A canonical name; empty for none.</param>
    public string DeciderOf(string name)
    {
        // What code says about the host, or else about the nearest wildcard above it, whatever rules there are (D23).
        var labels = name.Split('.');
        var above = Enumerable.Range(1, labels.Length - 1).Select(count => "*." + string.Join('.', labels.Skip(count)));
        if (name.Length > 0 && above.Prepend(name).FirstOrDefault(options.HostTls.ContainsKey) is { } configured)
        {
            return $"code:{configured}";
        }

        // The bucket that takes its requests (D5a), and in it the oldest Ingress with annotations of the namespace of the oldest one.
        var bucket = name.Length == 0 ? "" : new[] { name, Wildcard(name) }.FirstOrDefault(host => ClaimantsOf(host).Count > 0) ?? "";
        var claimants = ClaimantsOf(bucket);
        var decider = claimants.FirstOrDefault(ingress => ingress.Name.Namespace == claimants[0].Name.Namespace && HasAnnotations(ingress));
        return decider?.Name.ToString() ?? Nobody;
    }

    private static string Wildcard(string name) => string.Join('.', name.Split('.').Skip(1).Prepend("*"));

    private static bool HasAnnotations(IngressResource ingress)
        => ingress.Metadata.Annotations.Keys.Any(key => key.StartsWith("ingress.routing/", StringComparison.Ordinal) && key != "ingress.routing/no-such");

    // An Ingress without rules takes what no rule names, as a host-less rule does.
    private List<IngressResource> ClaimantsOf(string host)
        => [.. _byAge.Where(ingress => ingress.Rules.Count == 0 ? host == "" : ingress.Rules.Any(rule => (rule.Host ?? "") == host))];
}
