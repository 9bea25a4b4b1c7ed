using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Kubernetes.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>Who we are to the API server, and that it stays so as files are replaced (K14).</summary>
public sealed class CredentialTests
{
    [Fact]
    public async Task TokenFile_Replaced_TheNewOneIsSent()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", "first\n");
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Tokens["first"] = true;
        await cluster.ServeAsync(connect: connection => connection with { TokenFile = file });

        var watch = await cluster.WatchOfAsync("ingresses");
        cluster.Server.Tokens["second"] = true;
        cluster.Server.Tokens.TryRemove("first", out _);
        watch.End();
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("401", StringComparison.Ordinal)), "the refusal is not said");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        folder.Write("token", "second\n");
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        Assert.DoesNotContain(cluster.Log.All, static line => line.Contains("first", StringComparison.Ordinal) || line.Contains("second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TokenFile_GoneForAMoment_TheOneBeforeIsSent()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", "good");
        using var credentials = new TokenFileCredentials(file, null, NullLogger.Instance);
        Assert.Equal("good", (await credentials.GetAsync(default))!.Parameter);
        File.Delete(file);
        Assert.Equal("good", (await credentials.GetAsync(default))!.Parameter);
    }

    [Fact]
    public async Task Exec_TokenRefused_RunsOnceMore()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        var plugin = folder.WriteProgram(
            "plug.sh",
            $$"""
            #!/bin/sh
            echo run >> {{folder.Path}}/runs
            n=$(wc -l < {{folder.Path}}/runs | tr -d ' ')
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-%s"} }' $n
            """);
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Tokens["token-1"] = true;
        await cluster.ServeAsync(connect: connection => connection with { Exec = Plugin(plugin) });

        cluster.Server.Tokens["token-2"] = true;
        cluster.Server.Tokens.TryRemove("token-1", out _);
        (await cluster.WatchOfAsync("ingresses")).End();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        Assert.Equal(2, File.ReadAllLines(Path.Combine(folder.Path, "runs")).Length);
    }

    [Theory]
    [InlineData("echo nonsense", "printed no ExecCredential")]
    [InlineData("echo '{\"status\":{}}'", "printed no ExecCredential")]
    [InlineData("exit 3", "exit code 3")]
    public async Task Exec_Fails_IsSaidWithoutItsOutput(string script, string expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using var credentials = new ExecCredentials(Plugin(folder.WriteProgram("plug.sh", "#!/bin/sh\n" + script)), null, TimeProvider.System, NullLogger.Instance);
        var problem = await Assert.ThrowsAsync<CredentialsException>(async () => await credentials.GetAsync(default));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_NotThere_IsSaidWithTheHint()
    {
        using var credentials = new ExecCredentials(Plugin("no-such-program") with { InstallHint = "Install it." }, null, TimeProvider.System, NullLogger.Instance);
        var problem = await Assert.ThrowsAsync<CredentialsException>(async () => await credentials.GetAsync(default));
        Assert.EndsWith("Install it.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_AuthorityOfAnother_IsNotTrusted()
    {
        await using var cluster = await WatchedCluster.CreateAsync(usesTls: true);
        var (certificate, _) = SelfSigned();
        await cluster.StartAsync(connect: connection => connection with { Authorities = new(System.Text.Encoding.UTF8.GetBytes(certificate)) });
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("ApiServerDown", StringComparison.Ordinal)), "the refusal is not said");
        Assert.False(cluster.Router.HasPublished);
        Assert.Empty(cluster.Server.Requests);
    }

    [Fact]
    public async Task Tls_AuthorityFileReplaced_IsReadAgain()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = await WatchedCluster.CreateAsync(usesTls: true);
        var file = folder.Write("ca.crt", SelfSigned().Certificate);
        await cluster.StartAsync(connect: connection => connection with { Authorities = new(file) });
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("ApiServerDown", StringComparison.Ordinal)), "the refusal is not said");
        folder.Write("ca.crt", cluster.Server.AuthorityPem!);
        await cluster.UntilServesAsync("a.test");
    }

    [Theory]
    [InlineData("kubernetes.default.svc", true)]
    [InlineData("other.test", false)]
    public async Task Tls_ServerNameGiven_DecidesInsteadOfTheAddress(string name, bool isTrusted)
    {
        await using var cluster = await WatchedCluster.CreateAsync(usesTls: true);
        await cluster.StartAsync(connect: connection => connection with { TlsServerName = name });
        if (isTrusted)
        {
            await cluster.UntilServesAsync("a.test");
        }
        else
        {
            await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("ApiServerDown", StringComparison.Ordinal)), "the refusal is not said");
            Assert.False(cluster.Router.HasPublished);
        }
    }

    [Fact]
    public async Task Tls_ClientCertificate_IsSent()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key) = SelfSigned();
        await using var cluster = await WatchedCluster.CreateAsync(usesTls: true);
        await cluster.ServeAsync(connect: connection => connection with
        {
            ClientCertificate = new(folder.Write("tls.crt", certificate)),
            ClientKey = new(folder.Write("tls.key", key)),
        });
        using var expected = X509Certificate2.CreateFromPem(certificate);
        Assert.Equal(expected.Thumbprint, cluster.Server.LastClientCertificate?.Thumbprint);
    }

    private static ExecPlugin Plugin(string command) => new() { ApiVersion = "client.authentication.k8s.io/v1", Command = command, Info = "{}" };

    private static (string Certificate, string Key) SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
