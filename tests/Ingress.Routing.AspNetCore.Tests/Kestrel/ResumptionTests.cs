using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>TLS sessions are resumed where the policy is the same, and nowhere else (D18, CVE-2025-23419). The client is OpenSSL's.</summary>
public sealed class ResumptionTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await TlsSite.StartAsync();
        using var alice = TlsSite.Authority.Client("alice");
        await File.WriteAllTextAsync(Alice, alice.ExportCertificatePem() + "\n" + alice.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TheoryWithTool("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Resume_SameHost_WorksAcrossTables(string version)
    {
        Assert.Equal("New", (await ConnectAsync(version, "open.test", save: "session")).Handshake);

        _site.Change(TlsSite.Ingress("another", "another.test"));
        _site.Change(TestAuthority.Secret("shop/other-ca", TlsSite.Stranger));

        Assert.Equal("Reused", (await ConnectAsync(version, "open.test", use: "session")).Handshake);
    }

    [TheoryWithTool("openssl")]
    [InlineData("-tls1_2", "hole.wild.test", "Reused")]
    [InlineData("-tls1_3", "hole.wild.test", "Reused")]
    [InlineData("-tls1_3", "modern.test", "New")]
    public async Task Resume_OtherHostOfTheSameCertificate_DependsOnItsPolicy(string version, string host, string expected)
    {
        await ConnectAsync(version, "open.test", save: "session");

        Assert.Equal((expected, 200), await ConnectAsync(version, host, use: "session"));
    }

    [TheoryWithTool("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Resume_SessionOfAnOpenHost_IsNoWayIntoAProtectedOne(string version)
    {
        await ConnectAsync(version, "open.test", save: "session");

        AssertRefused(await ConnectAsync(version, "admin.test", use: "session"));
        Assert.Equal(("New", 200), await ConnectAsync(version, "admin.test", use: "session", certificate: Alice));
    }

    [TheoryWithTool("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Resume_SessionOfAProtectedHost_LeadsNowhereWithoutItsCertificate(string version)
    {
        Assert.Equal(("New", 200), await ConnectAsync(version, "admin.test", save: "session", certificate: Alice));

        AssertRefused(await ConnectAsync(version, "admin.test", use: "session"));
        AssertRefused(await ConnectAsync(version, "other.test", use: "session"));
        AssertRefused(await ConnectAsync(version, "a.wild.test", use: "session"));
        Assert.Equal(("New", 200), await ConnectAsync(version, "open.test", use: "session"));
    }

    // How far OpenSSL got by then is a matter of time.
    private static void AssertRefused((string Handshake, int? Status) outcome)
    {
        Assert.NotEqual("Reused", outcome.Handshake);
        Assert.Null(outcome.Status);
    }

    private string Alice => Path.Combine(_folder, "alice.pem");

    // 'Handshake' is what OpenSSL calls it, New or Reused; there is no status when the server ends the connection without an answer.
    private async Task<(string Handshake, int? Status)> ConnectAsync(
        string version, string serverName, string? save = null, string? use = null, string? certificate = null)
    {
        List<string> args = ["s_client", "-connect", $"127.0.0.1:{_site.Port}", "-servername", serverName, version, "-ign_eof"];
        AddFile("-sess_out", save);

        // A server that offers no session leaves the client with nothing to write.
        AddFile("-sess_in", File.Exists(Path.Combine(_folder, use ?? "none")) ? use : null);
        AddFile("-cert", certificate);
        AddFile("-key", certificate);

        var (_, output, _) = await ExternalTool.TalkAsync("openssl", $"GET / HTTP/1.1\r\nHost: {serverName}\r\nConnection: close\r\n\r\n", [.. args]);

        var handshake = output.Contains("\nReused, ", StringComparison.Ordinal) ? "Reused" : output.Contains("\nNew, ", StringComparison.Ordinal) ? "New" : "None";
        var status = output.IndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        return (handshake, status < 0 ? null : int.Parse(output.AsSpan(status + 9, 3), null));

        void AddFile(string option, string? name)
        {
            if (name is not null)
            {
                args.AddRange([option, Path.Combine(_folder, name)]);
            }
        }
    }
}
