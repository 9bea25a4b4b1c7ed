using System.Collections.Immutable;
using System.Net.Security;

namespace Ingress.Routing;

/// <summary>How TLS is spoken for some hosts, as configured. What is null is left to the next in line (D23). Immutable.</summary>
public sealed record TlsSettings
{
    /// <summary>Settings that leave everything open.</summary>
    public static TlsSettings None { get; } = new();

    /// <summary>Client certificates; null asks for none.</summary>
    public ClientCertificateSettings? ClientCertificates { get; init; }

    /// <summary>Whether backends are told about the client certificate in request headers (<see cref="ClientCertificateHeaders"/>).</summary>
    public bool? ForwardClientCertificate { get; init; }

    /// <summary>The oldest version that is spoken; null is TLS 1.2.</summary>
    public TlsVersion? MinimumVersion { get; init; }

    /// <summary>The cipher suites to choose from; null leaves them to the platform. Not every platform lets them be chosen.</summary>
    public ImmutableArray<TlsCipherSuite>? CipherSuites { get; init; }

    /// <summary>The protocols to agree on by ALPN, best first (<c>h2</c>, <c>http/1.1</c>); null is whatever the listener speaks.</summary>
    public ImmutableArray<string>? ApplicationProtocols { get; init; }

    /// <summary>HSTS (RFC 6797) for responses over https; null sends no such header.</summary>
    public StrictTransportSecurity? StrictTransportSecurity { get; init; }

    /// <summary>Whether requests over plain http are redirected to https (D19); null is no.</summary>
    public bool? RedirectToHttps { get; init; }

    /// <summary>Whether these settings alone leave any version to be spoken: TLS 1.3 has cipher suites of its own, and they may name none of them.</summary>
    public bool CanBeSpoken => MinimumVersion != TlsVersion.Tls13 || CipherSuites is not { } suites || suites.Any(IsOfTls13);

    /// <summary>Whether a cipher suite belongs to TLS 1.3, rather than to the versions before (RFC 8446, B.4).</summary>
    internal static bool IsOfTls13(TlsCipherSuite suite) => (int)suite >> 8 == 0x13;

    /// <summary>These settings, with what they leave open taken from others.</summary>
    internal TlsSettings Or(TlsSettings others) => new()
    {
        ClientCertificates = ClientCertificates ?? others.ClientCertificates,
        ForwardClientCertificate = ForwardClientCertificate ?? others.ForwardClientCertificate,
        MinimumVersion = MinimumVersion ?? others.MinimumVersion,
        CipherSuites = CipherSuites ?? others.CipherSuites,
        ApplicationProtocols = ApplicationProtocols ?? others.ApplicationProtocols,
        StrictTransportSecurity = StrictTransportSecurity ?? others.StrictTransportSecurity,
        RedirectToHttps = RedirectToHttps ?? others.RedirectToHttps,
    };
}
