using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>A TLS client that says what it is told to: any server name, any Host, any certificate.</summary>
internal sealed record TlsClient(int Port)
{
    public string ServerName { get; init; } = "";

    public X509Certificate2? Certificate { get; init; }

    public SslProtocols Version { get; init; } = SslProtocols.None;

    public IReadOnlyList<SslApplicationProtocol> Protocols { get; init; } = [];

    public IReadOnlyList<TlsCipherSuite>? CipherSuites { get; init; }

    /// <summary>The options of a client that accepts every server.</summary>
    public SslClientAuthenticationOptions Options() => new()
    {
        TargetHost = ServerName,
        EnabledSslProtocols = Version,
        ApplicationProtocols = Protocols.Count > 0 ? [.. Protocols] : null,
        ClientCertificateContext = Certificate is null ? null : SslStreamCertificateContext.Create(Certificate, null, offline: true),
        CipherSuitesPolicy = CipherSuites is null || OperatingSystem.IsWindows() ? null : new(CipherSuites),
        RemoteCertificateValidationCallback = static (_, received, _, _) => received is not null,
    };

    public async Task<SslStream> ConnectAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, timeout.Token);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(Options(), timeout.Token);
        return stream;
    }

    /// <summary>Connects and sends one request.</summary>
    public async Task<RawResponse> GetAsync(string host, string target = "/", string headers = "")
    {
        await using var stream = await ConnectAsync();
        return await SendAsync(stream, $"GET {target} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n");
    }

    /// <summary>Sends a request and reads until the server closes the connection.</summary>
    public static async Task<RawResponse> SendAsync(Stream stream, string request)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), timeout.Token);
        return await RawResponse.ReadAsync(stream, timeout.Token);
    }

    /// <summary>Whether the server refuses the handshake, at once or, with TLS 1.3, at the first byte that is read.</summary>
    public async Task<bool> IsRefusedAsync(string host)
    {
        try
        {
            await using var stream = await ConnectAsync();
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), timeout.Token);
            return await stream.ReadAsync(new byte[1], timeout.Token) == 0;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return true;
        }
    }
}
