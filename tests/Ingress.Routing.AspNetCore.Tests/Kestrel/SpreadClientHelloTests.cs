using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Ingress.Routing.Model;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>Handshakes whose ClientHello comes in several records: the server name counts as ever (semantics 11.13).</summary>
public sealed class SpreadClientHelloTests
{
    // There is no default certificate, so a name that is lost means a refusal.
    private static readonly ClusterSnapshot s_snapshot = new()
    {
        Ingresses = [Some.Ingress("shop/a", [Some.Rule("a.test", Some.Prefix("/"))], tls: [Some.Tls("a", "a.test")])],
        Secrets = [TestCertificates.Secret("shop/a", "a.test")],
    };

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Handshake_HelloCutAtAnyPosition_IsServed(SslProtocols version)
    {
        await using var site = await StartAsync();

        // Every position around the headers, and samples of the rest; the unit tests have them all.
        foreach (var position in Enumerable.Range(1, 12).Concat([40, 75, 100, 150]))
        {
            Assert.Equal(200, await StatusOfAsync(site.Port, version, record => RecordCutter.CutAt(record, position)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public async Task Handshake_HelloInSmallRecords_IsServed(int size)
    {
        await using var site = await StartAsync();

        Assert.Equal(200, await StatusOfAsync(site.Port, SslProtocols.None, record => RecordCutter.CutInto(record, size)));
    }

    // A hello of 512 bytes and more, and after a retry a second one: OpenSSL cuts both.
    [TheoryWithTool("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    [InlineData("-tls1_3", "-groups", "X448:P-256")]
    public async Task OpenSsl_SmallFragments_IsServed(params string[] options)
    {
        await using var site = await StartAsync();
        var protocols = string.Join(',', Enumerable.Range(0, 150).Select(static i => $"proto{i}").Append("http/1.1"));

        var (exitCode, output, error) = await ExternalTool.RunAsync(
            "openssl", ["s_client", "-connect", $"127.0.0.1:{site.Port}", "-servername", "a.test", "-max_send_frag", "512", "-alpn", protocols, .. options]);

        Assert.True(exitCode == 0, error);
        Assert.Contains("BEGIN CERTIFICATE", output, StringComparison.Ordinal);
        Assert.Contains("ALPN protocol: http/1.1", output, StringComparison.Ordinal);
    }

    private static Task<TestSite> StartAsync() => TlsSite.StartAsync(s_snapshot, static options => options.DefaultCertificate = null);

    private static async Task<int> StatusOfAsync(int port, SslProtocols version, Func<byte[], byte[]> cut)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        await using var stream = new SslStream(new RecordCutter(client.GetStream(), cut));
        await stream.AuthenticateAsClientAsync(new TlsClient(port) { ServerName = "a.test", Version = version }.Options(), timeout.Token);
        return (await TlsClient.SendAsync(stream, "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")).Status;
    }
}
