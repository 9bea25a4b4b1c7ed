using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Chooses what a TLS handshake is answered with, from the table in force.</summary>
internal sealed class IngressCertificateStore(IngressRouter router, HttpProtocols protocols, IServerCertificateProvider? provider = null)
{
    // A fatal alert in a record of its own: 21 = alert, TLS 1.2 as the record version, 2 bytes; 2 = fatal, 112 = unrecognized_name (RFC 6066, 3).
    private static readonly byte[] s_unrecognizedName = [21, 3, 3, 0, 2, 2, 112];

    // Built at the first handshake, because 10,000 RSA keys take minutes to read. A certificate that survives into the next table keeps its
    // options; one that does not takes them along. Lazy, so that a burst of first handshakes reads the key once.
    private readonly ConditionalWeakTable<TlsCertificate, Lazy<SslServerAuthenticationOptions>> _options = [];
    private readonly List<SslApplicationProtocol> _applicationProtocols = ApplicationProtocols(protocols);
    private readonly ConditionalWeakTable<SslStreamCertificateContext, SslServerAuthenticationOptions> _providedOptions = [];
    private readonly ProvidedCertificates _provided = new(provider);

    /// <exception cref="AuthenticationException">No certificate applies. Kestrel notes that at the level Debug and closes the connection.</exception>
    public async ValueTask<SslServerAuthenticationOptions> SelectAsync(TlsHandshakeCallbackContext context)
    {
        // Kestrel hands over a punycode name in Unicode, and a missing one as the empty string (trap 22); the table knows both.
        var table = router.Current;
        var certificate = table.FindCertificate(context.ClientHelloInfo.ServerName);
        if (_provided.Find(context, table, certificate) is { } provided)
        {
            return _providedOptions.GetValue(provided, CreateOptions);
        }

        if (certificate is not null)
        {
            return Options(certificate);
        }

        // SslStream says nothing to a client that it refuses at this point, and a bare end of the stream looks like a broken network.
        await context.Connection.Transport.Output.WriteAsync(s_unrecognizedName, context.CancellationToken);
        throw new AuthenticationException("There is no certificate for the requested server name, and no default certificate.");
    }

    private SslServerAuthenticationOptions Options(TlsCertificate certificate)
    {
        if (!_options.TryGetValue(certificate, out var options))
        {
            options = _options.GetOrAdd(certificate, new Lazy<SslServerAuthenticationOptions>(() => CreateOptions(certificate)));
        }

        return options.Value;
    }

    // Offline: neither a chain nor a revocation answer is fetched from an address that a tenant wrote into a certificate.
    private SslServerAuthenticationOptions CreateOptions(TlsCertificate certificate) => CreateOptions(SslStreamCertificateContext.Create(
        CreateCertificate(certificate), certificate.CreateIntermediates(), offline: true));

    private SslServerAuthenticationOptions CreateOptions(SslStreamCertificateContext certificate) => new()
    {
        ServerCertificateContext = certificate,
        ApplicationProtocols = _applicationProtocols,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    private static X509Certificate2 CreateCertificate(TlsCertificate certificate)
    {
        var created = certificate.CreateCertificate();
        if (!OperatingSystem.IsWindows())
        {
            return created;
        }

        // Windows cannot use a key for TLS that was read from PEM as it is.
        using (created)
        {
            return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    private static List<SslApplicationProtocol> ApplicationProtocols(HttpProtocols protocols)
    {
        var applicationProtocols = new List<SslApplicationProtocol>();
        if (protocols.HasFlag(HttpProtocols.Http2))
        {
            applicationProtocols.Add(SslApplicationProtocol.Http2);
        }

        if (protocols.HasFlag(HttpProtocols.Http1))
        {
            applicationProtocols.Add(SslApplicationProtocol.Http11);
        }

        return applicationProtocols;
    }
}
