namespace Ingress.Routing.Explanation;

/// <summary>Which certificate a server name gets, and why (D17). Immutable.</summary>
public sealed record CertificateExplanation
{
    /// <summary>The server name in canonical form; null for none, and for what counts as none: an IP address, or a malformed name.</summary>
    public string? ServerName { get; init; }

    /// <summary>The rules that led to that form.</summary>
    public IReadOnlyList<CanonicalizationStep> Steps { get; init; } = [];

    /// <summary>The entries that want the name, in the order in which they are considered.</summary>
    public IReadOnlyList<CertificateClaim> Claims { get; init; } = [];

    /// <summary>What the handshake gets.</summary>
    public required CertificateOutcome Outcome { get; init; }

    /// <summary>The certificate; null exactly when the handshake is refused.</summary>
    public TlsCertificate? Certificate { get; init; }

    /// <summary>
    /// What clients get that cannot verify the key of <see cref="Certificate"/> (D24), with a key of the other kind; null when there is no
    /// such certificate, and they get the same.
    /// </summary>
    public TlsCertificate? CertificateOfOtherKeyKind { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}
