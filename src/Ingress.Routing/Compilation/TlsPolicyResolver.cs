using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Makes policies of settings (D23).</summary>
internal static class TlsPolicyResolver
{
    /// <summary>The policy that code asks for.</summary>
    /// <param name="host">The settings of one host; null for all others.</param>
    /// <param name="options">Fill in what the settings leave open.</param>
    public static TlsPolicy ForCode(TlsSettings? host, RouteTableOptions options, ObjectSet<TlsSecret> secrets)
    {
        var settings = host ?? TlsSettings.None;
        var common = options.Tls;
        return Resolve(
            new()
            {
                ClientCertificates = settings.ClientCertificates ?? common.ClientCertificates,
                ForwardClientCertificate = settings.ForwardClientCertificate ?? common.ForwardClientCertificate,
                MinimumVersion = settings.MinimumVersion ?? common.MinimumVersion,
                CipherSuites = settings.CipherSuites ?? common.CipherSuites,
                ApplicationProtocols = settings.ApplicationProtocols ?? common.ApplicationProtocols,
                StrictTransportSecurity = settings.StrictTransportSecurity ?? common.StrictTransportSecurity,
                RedirectToHttps = settings.RedirectToHttps ?? common.RedirectToHttps,
            },
            secrets,
            (null, IsOfConfiguredHost: host is not null, (settings.ClientCertificates ?? common.ClientCertificates) is not null));
    }

    /// <summary>The policy that the annotations of an Ingress ask for. They can make what code says stricter, and never looser.</summary>
    public static TlsPolicy ForAnnotations(
        IngressResource ingress, TlsSettings annotations, RouteTableOptions options, ObjectSet<TlsSecret> secrets)
    {
        var common = options.Tls;
        return Resolve(
            new()
            {
                ClientCertificates = common.ClientCertificates ?? annotations.ClientCertificates,
                ForwardClientCertificate = annotations.ForwardClientCertificate ?? common.ForwardClientCertificate,
                MinimumVersion = annotations.MinimumVersion > (common.MinimumVersion ?? TlsVersion.Tls12)
                    ? annotations.MinimumVersion
                    : common.MinimumVersion,
                CipherSuites = common.CipherSuites ?? annotations.CipherSuites,
                ApplicationProtocols = annotations.ApplicationProtocols ?? common.ApplicationProtocols,
                StrictTransportSecurity = annotations.StrictTransportSecurity ?? common.StrictTransportSecurity,
                RedirectToHttps = annotations.RedirectToHttps ?? common.RedirectToHttps,
            },
            secrets,
            (ingress.Name, IsOfConfiguredHost: false, common.ClientCertificates is not null));
    }

    private static TlsPolicy Resolve(
        TlsSettings settings, ObjectSet<TlsSecret> secrets, (NamespacedName? Source, bool IsOfConfiguredHost, bool IsClientPartConfigured) origin) => new()
    {
        ClientCertificates = settings.ClientCertificates?.Mode ?? ClientCertificateMode.None,
        ClientTrust = settings.ClientCertificates is { } client ? TrustOf(client, secrets) : null,
        ForwardClientCertificate = settings.ForwardClientCertificate ?? false,
        MinimumVersion = settings.MinimumVersion ?? TlsVersion.Tls12,
        CipherSuites = settings.CipherSuites ?? [],
        ApplicationProtocols = settings.ApplicationProtocols ?? [],
        StrictTransportSecurity = settings.StrictTransportSecurity,
        RedirectToHttps = settings.RedirectToHttps ?? false,
        Source = origin.Source,
        IsOfConfiguredHost = origin.IsOfConfiguredHost,
        IsClientPartConfigured = origin.IsClientPartConfigured,
    };

    private static ClientCertificateTrust? TrustOf(ClientCertificateSettings settings, ObjectSet<TlsSecret> secrets)
        => settings.Mode == ClientCertificateMode.None ? null : new(AuthoritiesOf(settings, secrets), settings.MaxIntermediates);

    private static ClientAuthorities AuthoritiesOf(ClientCertificateSettings settings, ObjectSet<TlsSecret> secrets) => settings switch
    {
        { AuthoritiesSecret: { } name } => secrets.Find(name)?.ReadAuthorities() ?? ClientAuthorities.None("does not exist"),
        { AuthoritiesPem: { } pem } => ClientAuthorities.Of(pem, settings.RevocationListsPem),
        _ => ClientAuthorities.None("is not named"),
    };
}
