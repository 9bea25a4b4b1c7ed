using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Makes the policies of hosts from settings (D23).</summary>
internal static class HostPolicyResolver
{
    /// <summary>The policies that code asks for.</summary>
    /// <param name="settings">All settings, with nothing left to others.</param>
    /// <param name="isOfHost">Whether they were made for a host, and not for all.</param>
    public static HostPolicies ForCode(TlsSettings settings, bool isOfHost, RouteTableOptions options, ObjectSet<SecretResource> secrets)
        => Resolve(settings, options, secrets, (null, isOfHost, settings.ClientCertificates is not null));

    /// <summary>The policies that the annotations of an Ingress ask for.</summary>
    /// <remarks>
    /// They cannot loosen what code says about client certificates, versions and cipher suites. Everything else is theirs: it lets no client in.
    /// </remarks>
    public static HostPolicies ForAnnotations(
        IngressResource ingress, TlsSettings annotations, RouteTableOptions options, ObjectSet<SecretResource> secrets)
    {
        var common = options.Tls;
        var isStricter = annotations.ClientCertificates is { Mode: ClientCertificateMode.Require }
            && common.ClientCertificates is not { Mode: ClientCertificateMode.Require };
        var isConfigured = common.ClientCertificates is not null && !isStricter;
        var settings = annotations with
        {
            ClientCertificates = isConfigured ? common.ClientCertificates : annotations.ClientCertificates,
            MinimumVersion = annotations.MinimumVersion > (common.MinimumVersion ?? TlsVersion.Tls12) ? annotations.MinimumVersion : common.MinimumVersion,
            CipherSuites = common.CipherSuites ?? annotations.CipherSuites,
        };
        return Resolve(settings.Or(common).Or(options.DialectTls), options, secrets, (ingress.Name, IsOfConfiguredHost: false, isConfigured));
    }

    private static HostPolicies Resolve(
        TlsSettings settings,
        RouteTableOptions options,
        ObjectSet<SecretResource> secrets,
        (NamespacedName? Source, bool IsOfConfiguredHost, bool IsClientPartConfigured) origin) => new()
        {
            Tls = new()
            {
                ClientCertificates = settings.ClientCertificates?.Mode ?? ClientCertificateMode.None,
                ClientTrust = settings.ClientCertificates is { } client ? TrustOf(client, secrets) : null,
                MinimumVersion = settings.MinimumVersion ?? TlsVersion.Tls12,
                CipherSuites = settings.CipherSuites ?? [],
                ApplicationProtocols = settings.ApplicationProtocols ?? [],
                IsClientPartConfigured = origin.IsClientPartConfigured,
            },
            StrictTransportSecurity = settings.StrictTransportSecurity,
            ForwardClientCertificate = settings.ForwardClientCertificate ?? false,
            RedirectToHttps = origin.IsOfConfiguredHost ? settings.RedirectToHttps ?? false : null,
            RequireMatchingServerName = options.RequireMatchingServerName,
            Source = origin.Source,
            IsOfConfiguredHost = origin.IsOfConfiguredHost,
        };

    private static ClientCertificateTrust? TrustOf(ClientCertificateSettings settings, ObjectSet<SecretResource> secrets)
        => settings.Mode == ClientCertificateMode.None ? null : new(AuthoritiesOf(settings, secrets), settings.MaxIntermediates);

    private static ClientAuthorities AuthoritiesOf(ClientCertificateSettings settings, ObjectSet<SecretResource> secrets) => settings switch
    {
        { AuthoritiesSecret: { } name } => secrets.Find(name)?.ReadAuthorities() ?? ClientAuthorities.None("does not exist"),
        { AuthoritiesPem: { } pem } => ClientAuthorities.Of(pem, settings.RevocationListsPem),
        _ => ClientAuthorities.None("is not named"),
    };
}
