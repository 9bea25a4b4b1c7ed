namespace Ingress.Routing.Policies;

/// <summary>The policies of a host: what is needed before a path is known. Immutable.</summary>
/// <remarks>
/// They come as a whole from one place: from code, or from the annotations of one Ingress (D23). What a change leaves alone is the same instance
/// in the next table.
/// </remarks>
public sealed class HostPolicies
{
    private HostPolicies? _withTlsEntries;

    internal HostPolicies()
    {
    }

    /// <summary>The policies of a host for which nothing is configured or asked.</summary>
    public static HostPolicies None { get; } = new();

    /// <summary>How TLS is spoken: what a handshake for the host is answered with.</summary>
    public TlsPolicy Tls { get; internal init; } = TlsPolicy.Default;

    /// <summary>HSTS for responses over https; null sends no such header.</summary>
    public StrictTransportSecurity? StrictTransportSecurity { get; internal init; }

    /// <summary>Whether backends are told about the client certificate in <see cref="ClientCertificateHeaders"/>.</summary>
    public bool ForwardClientCertificate { get; internal init; }

    /// <summary>In which headers backends are told about the client certificate.</summary>
    public ClientCertificateHeaderStyle ClientCertificateHeaderStyle { get; internal init; }

    /// <summary>The absolute URL to which clients are sent whose certificate is refused by an answer; null answers them with 400.</summary>
    public string? ClientCertificateErrorPage { get; internal init; }

    /// <summary>
    /// What code says about this very host: whether plain http is redirected to https. Null when it says nothing; then <see cref="HttpsRedirect"/> of
    /// the route decides.
    /// </summary>
    public bool? RedirectToHttps { get; internal init; }

    /// <summary>Whether a request over TLS is misdirected unless its host is the server name of its connection.</summary>
    public bool RequireMatchingServerName { get; internal init; }

    /// <summary>Whether an Ingress with a rule for the host has entries for TLS, so that the host is meant to be served over https.</summary>
    public bool HasTlsEntries { get; private init; }

    /// <summary>The Ingress whose annotations decided; null for what was configured by code, or not at all.</summary>
    public NamespacedName? Source { get; internal init; }

    /// <summary>Whether they were configured by code for this very host.</summary>
    internal bool IsOfConfiguredHost { get; init; }

    /// <summary>The same policies, for a host with entries for TLS. Hosts that share policies share these.</summary>
    internal HostPolicies WithTlsEntries() => _withTlsEntries ?? Interlocked.CompareExchange(ref _withTlsEntries, Copy(), null) ?? _withTlsEntries;

    private HostPolicies Copy() => new()
    {
        Tls = Tls,
        StrictTransportSecurity = StrictTransportSecurity,
        ForwardClientCertificate = ForwardClientCertificate,
        ClientCertificateHeaderStyle = ClientCertificateHeaderStyle,
        ClientCertificateErrorPage = ClientCertificateErrorPage,
        RedirectToHttps = RedirectToHttps,
        RequireMatchingServerName = RequireMatchingServerName,
        HasTlsEntries = true,
        Source = Source,
        IsOfConfiguredHost = IsOfConfiguredHost,
    };

    /// <summary>Returns the policies in a few words.</summary>
    public override string ToString() => Tls.ToString();
}
