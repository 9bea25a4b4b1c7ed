using System.Globalization;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Tests.Changes;

/// <summary>A table that was changed again and again is the table that compiling from scratch gives.</summary>
public sealed class ApplyAgreesWithCompileTests
{
    private const int ChangesPerSeed = 250;

    private static readonly RouteRequest s_post = new() { Method = "POST", Headers = new Dictionary<string, string> { ["x-a"] = "1" } };

    // 24 x 250 = 6,000 changes. Every step is compared, so that a mistake is found where it is made.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Apply_AnySequenceOfChanges_GivesWhatCompileGives(int seed)
    {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);
        var options = cluster.Options();
        var snapshot = ClusterSnapshot.Empty;
        var table = IngressRouteTable.Compile(snapshot, options);
        for (var step = 0; step < ChangesPerSeed; step++)
        {
            var change = cluster.Change(snapshot);
            snapshot = snapshot.Apply(change);
            var next = table.Apply(change);
            var expected = IngressRouteTable.Compile(snapshot, options);

            var place = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, change {step}");
            AssertSame(place, Describe(expected), Describe(next));
            AssertChanges(place, table, next, snapshot);
            table = next;
        }
    }

    [Fact]
    public void Apply_LaterTimeOfJudgement_ReportsWhatExpiredSince()
    {
        var secret = TestCertificates.Secret("t/crt", "a.test");
        var ingress = Some.Ingress("t/i", defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", "a.test")]);
        var before = secret.Read().Certificate!.NotAfter;
        var table = IngressRouteTable.Compile(new() { Ingresses = [ingress], Secrets = [secret] }, new() { CertificatesEvaluatedAt = before });

        var later = table.Apply(ClusterChange.None, before.AddSeconds(1));

        Assert.DoesNotContain(table.Diagnostics, item => item.Id == IngressDiagnosticIds.CertificateExpired);
        Assert.Contains(later.Diagnostics, item => item.Id == IngressDiagnosticIds.CertificateExpired);
        Assert.Contains(ingress.Reference, later.ChangesSince(table)!.Resources);
        Assert.Empty(later.Apply(ClusterChange.None, before.AddSeconds(2)).ChangesSince(later)!.Resources);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    private static void AssertSame(string place, List<string> expected, List<string> actual)
    {
        var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        if (at < expected.Count || at < actual.Count)
        {
            Assert.Fail($"{place}, line {at}\n  expected {expected.ElementAtOrDefault(at)}\n  actual   {actual.ElementAtOrDefault(at)}");
        }
    }

    // What is not said to change must not: everybody who looks at a new table relies on it.
    private static void AssertChanges(string place, IngressRouteTable before, IngressRouteTable after, ClusterSnapshot snapshot)
    {
        foreach (var resource in RandomCluster.All(before.Snapshot).Concat(RandomCluster.All(snapshot)).Select(item => item.Reference).Distinct())
        {
            var now = after.DiagnosticsOf(resource).Select(item => item.ToString()).ToList();
            AssertSame($"{place}, {resource}", [.. after.Diagnostics.Where(item => item.Resource == resource).Select(item => item.ToString())], now);
            if (after.ChangesSince(before) is { } known && !known.Resources.Contains(resource))
            {
                AssertSame($"{place}, {resource} unchanged", [.. before.DiagnosticsOf(resource).Select(item => item.ToString())], now);
            }
        }

        var some = RandomCluster.All(snapshot).Select(item => item.Reference).Where((_, i) => i % 2 == 0).ToHashSet();
        AssertSame(
            $"{place}, some objects",
            [.. after.Diagnostics.Where(item => item.Resource is { } resource && some.Contains(resource)).Select(item => item.ToString())],
            [.. after.DiagnosticsOf(some).Select(item => item.ToString())]);

        Assert.Equal(after.Snapshot.Ingresses.Count, after.IngressCount);
        Assert.Equal(after.Snapshot.SourceDiagnostics, after.SourceDiagnostics);
        AssertSame($"{place}, routes", [.. after.Routes.Where(IsOfSome).Select(Describe).Order()], [.. after.RoutesOf(some).Select(Describe).Order()]);

        if (after.ChangesSince(before) is not { } changes)
        {
            return;
        }

        // What is no route of a changed object stays, so whoever counts may leave it alone.
        AssertSame(
            $"{place}, number of routes",
            [$"{after.Routes.Count - before.Routes.Count}"],
            [$"{after.RoutesOf(changes.Resources).Count - before.RoutesOf(changes.Resources).Count}"]);

        bool IsOfSome(IngressRoute route) => route.Source.IsConfigured || some.Contains(route.Source.Resource);

        if (!changes.AffectRoutes)
        {
            Assert.Same(before.Routes, after.Routes);
        }

        var references = before.Routes.SelectMany(route => route.Services).ToHashSet();
        var referencesNow = after.Routes.SelectMany(route => route.Services).ToHashSet();
        foreach (var service in RandomCluster.Services)
        {
            Assert.True(after.MayRefer(service) || !referencesNow.Contains(service), place);
            if (!changes.Services.Contains(service.Name))
            {
                Assert.Equal(Describe(before.GetDestinations(service)), Describe(after.GetDestinations(service)));
                Assert.True(references.Contains(service) == referencesNow.Contains(service), $"{place}: {service}");
            }
        }
    }

    private static string Describe(IngressRoute route) => $"{route.Id} {route.Host} {route.Path} {route.PathType} {route.Service} {route.Resource}";

    private static List<string> Describe(IngressRouteTable table) =>
    [
        .. table.Routes.Select(route => $"route {route.Id} {route.Host} {route.Path} {route.PathType} {route.Service} {route.Resource} {route.Policies} {route.Conditions} {route.Split}"),
        .. table.Diagnostics.Select(item => item.ToString()),
        .. from host in RandomCluster.Hosts
           from target in RandomCluster.Targets
           let match = table.Match(host, target)
           select $"{host} {target}: {match.Status} {match.Route} {match.Path}",
        .. from host in RandomCluster.Hosts
           from target in RandomCluster.Targets
           let match = table.Match(host, target, s_post)
           select $"{host} {target}: {match.Status} {match.Route} {match.Path} by POST",
        .. RandomCluster.Hosts.Append("q.b").Select(host => $"sni {host}: {table.FindCertificate(host)?.Secret.Name} {table.FindCertificate(host)?.DnsNames[0]}"),
        .. RandomCluster.Hosts.Append("q.b").Select(host => $"tls {host}: {Describe(table.BeginHandshake(host).HostPolicies)}"),
        .. from host in RandomCluster.Hosts
           from target in RandomCluster.Targets
           let match = table.Match(host, target)
           select $"policies of {host} {target}: {Describe(match.HostPolicies)} {Describe(match.Route?.Policies.Find<RequiredClientCertificate>())}",
        $"several kinds: {table.HasSeveralKeyKinds}",
        .. from host in RandomCluster.Hosts
           from kind in new[] { CertificateKeyKinds.Rsa, CertificateKeyKinds.Ecdsa }
           select $"sni {host} {kind}: {table.FindCertificate(host, kind)?.Secret.Name}",
        .. RandomCluster.Services.Select(service => Describe(table.GetDestinations(service))),
        .. RandomCluster.All(table.Snapshot).Distinct<KubernetesResource>(ReferenceEqualityComparer.Instance).Select(item => $"object {item.Reference} {item.Metadata.ResourceVersion}").Order(StringComparer.Ordinal),
    ];

    private static string Describe(ServiceDestinations destinations)
        => $"{destinations.Service}: {destinations.Status} {string.Join(',', destinations.Ready)}";

    private static string Describe(HostPolicies policies)
        => $"{policies.Tls} of {policies.Source}, {policies.Tls.ClientTrust?.Problem} {policies.Tls.ClientTrust?.GetHashCode()} "
            + $"{policies.ForwardClientCertificate} {policies.StrictTransportSecurity} {policies.RedirectToHttps}";

    private static string Describe(RequiredClientCertificate? required)
        => string.Join(" and ", required?.Requirements.Select(requirement => $"{requirement.Mode} {requirement.Trust?.GetHashCode()}") ?? []);
}
