using System.Collections.Immutable;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.TlsPolicies;

/// <summary>The policy of a name is the one that section 12, taken literally, gives; for server names and for Host alike (trap 21).</summary>
public sealed class TlsPolicyAgreesWithReferenceTests
{
    private static readonly string[] s_hosts = ["", "b", "a.b", "x.a.b", "*.b", "*.a.b"];
    private static readonly string[] s_names = ["", "b", "a.b", "y.b", "x.a.b", "y.a.b", "z.y.a.b", "other"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void BeginHandshake_RandomIngresses_AgreesWithReferenceAndWithHost(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var snapshot = Some.Snapshot([.. Enumerable.Range(0, random.Next(1, 6)).Select(i => Ingress(random, i))]);
            var options = new RouteTableOptions { HostTls = Configured(random) };
            var table = IngressRouteTable.Compile(snapshot, options);
            var reference = new ReferenceTlsPolicy(snapshot, options);
            foreach (var name in s_names)
            {
                var policy = table.BeginHandshake(name).HostPolicies;
                var place = $"seed {seed}, round {round}, '{name}'";

                Assert.True(reference.DeciderOf(name) == DeciderOf(policy), $"{place}: {reference.DeciderOf(name)}, not {DeciderOf(policy)}");
                foreach (var spelling in SpellingsOf(name))
                {
                    Assert.Same(policy, table.PoliciesOf(spelling));
                    Assert.Same(policy, table.BeginHandshake(spelling.Split(':')[0]).HostPolicies);
                }
            }
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    private static IEnumerable<string> SpellingsOf(string name)
        => name.Length == 0 ? ["", "127.0.0.1"] : [name, name.ToUpperInvariant(), name + ".", name + ":8443", name + ".:443"];

    // A configured host is told by its version, which no annotation here has.
    private static string DeciderOf(HostPolicies policies) => policies.Source?.ToString()
        ?? (policies.StrictTransportSecurity is { } mark ? $"code:{(mark.Preload ? "*.b" : "a.b")}" : "default");

    private static ImmutableDictionary<string, TlsSettings> Configured(Random random)
    {
        var hosts = ImmutableDictionary<string, TlsSettings>.Empty;
        if (random.Next(3) == 0)
        {
            hosts = hosts.Add("a.b", new() { StrictTransportSecurity = new() { MaxAge = TimeSpan.Zero } });
        }

        return random.Next(3) == 0 ? hosts.Add("*.b", new() { StrictTransportSecurity = new() { MaxAge = TimeSpan.Zero, Preload = true } }) : hosts;
    }

    private static IngressResource Ingress(Random random, int index)
    {
        var rules = Enumerable.Range(0, random.Next(3)).Select(_ => Some.Rule(s_hosts[random.Next(s_hosts.Length)], Some.Prefix("/"))).ToList();
        return Some.Ingress(
            $"{(random.Next(3) == 0 ? "u" : "t")}/i{index}",
            rules,
            defaultBackend: rules.Count == 0 ? Some.Backend("web") : null,
            ageSeconds: random.Next(3),
            annotations: random.Next(2) == 0 ? new Dictionary<string, string> { ["ingress.routing/client-certificates"] = "report" } : null);
    }
}
