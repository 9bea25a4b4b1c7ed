using Ingress.Routing.Kubernetes.Configuration;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>What a kubeconfig can say (K47).</summary>
public sealed class KubeconfigTests
{
    private const string Clusters = """
        clusters:
        - name: c
          cluster: {server: "https://api.test:6443/prefix", tls-server-name: other.test, insecure-skip-tls-verify: true, disable-compression: true, proxy-url: "http://proxy.test:3128"}
        - name: d
          cluster: {server: "https://d.test"}
        contexts:
        - {name: one, context: {cluster: c, user: u, namespace: shop}}
        - {name: two, context: {cluster: d, user: u}}
        current-context: one

        """;

    [Fact]
    public void Load_EveryFieldOfACluster_IsRead()
    {
        var connection = Load(Clusters + "users: [{name: u, user: {token: abc, as: jane, as-groups: [a, b], as-user-extra: {reason: [x]}}}]");
        Assert.Equal(new Uri("https://api.test:6443/prefix/"), connection.Server);
        Assert.Equal("other.test", connection.TlsServerName);
        Assert.True(connection.SkipsVerification);
        Assert.True(connection.DisablesCompression);
        Assert.Equal(new Uri("http://proxy.test:3128"), connection.Proxy);
        Assert.Equal("shop", connection.Namespace);
        Assert.Equal("abc", connection.Token);
        Assert.Equal(["Impersonate-User", "Impersonate-Group", "Impersonate-Group", "Impersonate-Extra-reason"], connection.Impersonation.Select(static pair => pair.Key));
        Assert.DoesNotContain("abc", connection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnotherContext_IsTaken()
    {
        var connection = Load(Clusters + "users: [{name: u, user: {username: jane, password: secret}}]", context: "two");
        Assert.Equal(new Uri("https://d.test/"), connection.Server);
        Assert.Equal("jane", connection.UserName);
    }

    [Theory]
    [InlineData("", "has no current-context")]
    [InlineData("current-context: x", "has no context 'x'")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: y}}]", "has no cluster 'y'")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: y, user: z}}]\nclusters: [{name: y, cluster: {server: 'https://y'}}]", "has no user 'z'")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: y}}]\nclusters: [{name: y, cluster: {server: 'ftp://y'}}]", "is no http or https URL")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: y}}]\nclusters: [{name: y, cluster: {server: 'https://y', proxy-url: 'socks5://p'}}]", "socks5")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: y}}]\nclusters: [{name: y, cluster: {server: 'https://y', certificate-authority: 'none.crt'}}]", "does not exist")]
    [InlineData("- a list", "is not a mapping")]
    [InlineData("a: [", "is not YAML")]
    public void Load_SomethingWrong_IsSaid(string text, string expected)
        => Assert.Contains(expected, Assert.Throws<KubernetesConfigurationException>(() => Load(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{auth-provider: {name: gcp}}", "auth-provider")]
    [InlineData("{client-certificate-data: YQ==}", "only one of")]
    [InlineData("{client-certificate-data: '!', client-key-data: YQ==}", "not base64")]
    [InlineData("{exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}}", "v1alpha1")]
    [InlineData("{exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always}}", "interactiveMode")]
    [InlineData("{tokenFile: none}", "does not exist")]
    public void Load_UserThatCannotBeUsed_IsRefusedByName(string user, string expected)
        => Assert.Contains(
            expected, Assert.Throws<KubernetesConfigurationException>(() => Load(Clusters + $"users: [{{name: u, user: {user}}}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_SecretInBrokenYaml_IsNotShown()
        => Assert.DoesNotContain("hunter2", Assert.Throws<KubernetesConfigurationException>(() => Load("users: [{name: u, user: {token: \"hunter2}}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_SeveralFiles_TheFirstToNameAThingCounts()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("first", "users: [{name: u, user: {token: first}}]");
        var second = folder.Write("second", Clusters + "users: [{name: u, user: {token: second}}]");
        var connection = ConnectionLoader.Load(
            new(), name => name == "KUBECONFIG" ? string.Join(Path.PathSeparator, first, Path.Combine(folder.Path, "missing"), second) : null, folder.Path, folder.Path);
        Assert.Equal("first", connection.Token);
    }

    [Fact]
    public void Load_RelativePaths_AreRelativeToTheFile()
    {
        using var folder = new TemporaryFolder();
        folder.Write("token", "abc");
        var file = folder.Write("config", Clusters + "users: [{name: u, user: {tokenFile: token, exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plug.sh}}}]");
        var connection = ConnectionLoader.Load(new() { KubeconfigFile = file });
        Assert.Equal(Path.Combine(folder.Path, "token"), connection.TokenFile);
        Assert.Equal(Path.Combine(folder.Path, "plug.sh"), connection.Exec!.Command);
    }

    [Theory]
    [InlineData("10.96.0.1", "https://10.96.0.1/")]
    [InlineData("fd00::1", "https://[fd00::1]/")]
    public void Load_InAPod_TheServiceAccountIsUsed(string host, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("token", "abc");
        folder.Write("namespace", "ingress\n");
        var connection = ConnectionLoader.Load(
            new(), name => name switch { "KUBERNETES_SERVICE_HOST" => host, "KUBERNETES_SERVICE_PORT" => "443", _ => null }, folder.Path, folder.Path);
        Assert.Equal(new Uri(expected), connection.Server);
        Assert.Equal("ingress", connection.Namespace);
        Assert.Equal(Path.Combine(folder.Path, "token"), connection.TokenFile);
    }

    [Fact]
    public void Load_NoClusterAtAll_IsSaid()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<KubernetesConfigurationException>(() => ConnectionLoader.Load(new(), static _ => null, folder.Path, folder.Path));
        Assert.Contains("No cluster is known", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ExecWithClusterInfo_SaysWhatKubectlSays()
    {
        var connection = Load(
            """
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:28443", extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: x, n: 1, t: true}}]}}]
            contexts: [{name: one, context: {cluster: c, user: u}}]
            current-context: one
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: plug, args: [get-token], env: [{name: FOO, value: bar}], provideClusterInfo: true}}}]
            """);
        Assert.Equal(
            """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"server":"https://127.0.0.1:28443","config":{"audience":"x","n":1,"t":true}},"interactive":false}}""",
            connection.Exec!.Info);
        Assert.Equal("plug", connection.Exec.Command);
        Assert.Equal(["get-token"], connection.Exec.Arguments);
    }

    private static ClusterConnection Load(string text, string? context = null)
    {
        using var folder = new TemporaryFolder();
        return ConnectionLoader.Load(new() { KubeconfigFile = folder.Write("config", text), Context = context });
    }
}
