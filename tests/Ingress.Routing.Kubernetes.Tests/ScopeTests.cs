using Ingress.Routing.Kubernetes.Watching;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>Which part of the cluster is read, and what happens where it may not be (K9, K13, K16).</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task WatchNamespaces_OnlyTheseAreRead()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test", ns: "shop"));
        cluster.Server.Apply(Manifest.Ingress("c", "c.test", ns: "other"));
        cluster.Server.Allows = static request => !request.Resource.IsNamespaced || request.Namespace is "default" or "shop";
        await cluster.ServeAsync(static options =>
        {
            options.WatchNamespaces.Add("default");
            options.WatchNamespaces.Add("shop");
        });
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        Assert.True(WatchedCluster.Serves(cluster.Table, "b.test"));
        Assert.False(WatchedCluster.Serves(cluster.Table, "c.test"));
        cluster.Server.Apply(Manifest.Ingress("d", "d.test", ns: "shop"));
        await cluster.UntilServesAsync("d.test");
    }

    [Fact]
    public async Task NamespaceSelector_LabelsChange_EverythingInThemComesAndGoes()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Namespace("default", "team", "blue"));
        cluster.Server.Apply(Manifest.Namespace("shop", "team", "red"));
        cluster.Server.Apply(Manifest.Ingress("b", "b.test", ns: "shop"));
        await cluster.ServeAsync(static options => options.WatchNamespaceSelector = "team=blue");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        Assert.False(WatchedCluster.Serves(cluster.Table, "b.test"));

        cluster.Server.Apply(Manifest.Namespace("shop", "team", "blue"));
        await cluster.UntilServesAsync("b.test");
        cluster.Server.Apply(Manifest.Namespace("default", "team", "green"));
        await cluster.UntilServesNotAsync("a.test");
        Assert.True(WatchedCluster.Serves(cluster.Table, "b.test"));
    }

    [Theory]
    [InlineData("ingresses", "networking.k8s.io")]
    [InlineData("endpointslices", "discovery.k8s.io")]
    [InlineData("services", "")]
    public async Task Forbidden_KindThatIsNeeded_NotReadyAndTheRuleIsNamed(string plural, string group)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Allows = request => request.Resource.Plural != plural;
        await cluster.StartAsync();
        await WatchedCluster.UntilAsync(
            () => cluster.Log.All.Any(line => line.Contains($"{{apiGroups: [\"{group}\"], resources: [\"{plural}\"], verbs: [\"get\", \"list\", \"watch\"]}}", StringComparison.Ordinal)), "the rule is not named");
        Assert.False(cluster.Router.HasPublished);
        cluster.Server.Allows = static _ => true;
        await cluster.UntilServesAsync("a.test");
    }

    [Fact]
    public async Task Forbidden_Secrets_RoutesAreServed()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Allows = static request => request.Resource.Plural != "secrets";
        await cluster.ServeAsync();
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        var said = Assert.Single(cluster.Table.SourceDiagnostics);
        Assert.Equal("INGR200", said.Id);
    }

    [Fact]
    public async Task Forbidden_Classes_OneThatIsNamedIsServed()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test", className: "theirs"));
        cluster.Server.Allows = static request => request.Resource.Plural != "ingressclasses";
        await cluster.ServeAsync(static options => options.IngressClass = "ours");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        Assert.False(WatchedCluster.Serves(cluster.Table, "b.test"));
    }

    [Fact]
    public async Task Forbidden_ClassesAndNoneNamed_NotReady()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Allows = static request => request.Resource.Plural != "ingressclasses";
        await cluster.StartAsync();
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("Add this rule", StringComparison.Ordinal)), "the rule is not named");
        Assert.False(cluster.Router.HasPublished);
    }

    [Fact]
    public async Task Forbidden_LaterOn_RoutesStay()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        cluster.Server.Allows = static _ => false;
        (await cluster.WatchOfAsync("ingresses")).Abort();
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("is forbidden", StringComparison.Ordinal)), "the refusal is not said");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        Assert.True(cluster.Router.HasPublished);
    }

    [Fact]
    public async Task Secrets_OnlyThoseForTlsAreRead()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Secret("release", "helm.sh/release.v1", "release", "large"));
        cluster.Server.Apply(Manifest.Secret("tls", "kubernetes.io/tls", "tls.crt", "some"));
        await cluster.ServeAsync();
        Assert.Equal("tls", Assert.Single(cluster.Table.Snapshot.Secrets).Metadata.Name);
    }

    [Fact]
    public async Task Secrets_NamedByAnAnnotation_IsThereWithTheFirstTable()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Secret("users", "Opaque", "auth", "jane:$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC"));
        cluster.Server.Apply(Manifest.Secret("unused", "Opaque", "auth", "none"));
        cluster.Server.Apply(Manifest.Ingress("b", "b.test", annotations: "\"ingress.routing/basic-auth-secret\":\"users\""));
        await cluster.ServeAsync();
        Assert.Equal("users", Assert.Single(cluster.Table.Snapshot.Secrets).Metadata.Name);

        cluster.Server.Delete("Ingress", "default", "b");
        await cluster.UntilAsync(static table => table.Snapshot.Secrets.Count == 0);
        cluster.Server.Apply(Manifest.Ingress("c", "c.test", annotations: "\"ingress.routing/basic-auth-secret\":\"users\""));
        await cluster.UntilAsync(static table => table.Snapshot.Secrets.Count == 1);
    }

    [Theory]
    [InlineData("a=b", "a=b", true)]
    [InlineData("a==b,c", "a=b;c=x", true)]
    [InlineData("a!=b", "", true)]
    [InlineData("a!=b", "a=b", false)]
    [InlineData("a in (b, c)", "a=c", true)]
    [InlineData("a notin (b,c),!d", "a=e", true)]
    [InlineData("a notin (b,c)", "a=c", false)]
    [InlineData("!a", "a=b", false)]
    public void LabelSelector_AsKubectlWritesIt_Matches(string text, string labels, bool expected)
    {
        Assert.True(LabelSelector.TryParse(text, out var selector));
        Assert.Equal(expected, selector.Matches(labels.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b,")]
    [InlineData("a in b")]
    [InlineData("a=b c")]
    [InlineData("-a")]
    public void LabelSelector_Malformed_IsRefused(string text) => Assert.False(LabelSelector.TryParse(text, out _));
}
