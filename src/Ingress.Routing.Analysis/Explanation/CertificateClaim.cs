using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>One TLS entry that wanted a server name, and what became of it. Immutable.</summary>
public sealed record CertificateClaim
{
    /// <summary>The Ingress of the entry.</summary>
    public required NamespacedName Ingress { get; init; }

    /// <summary>The host in the entry, as <c>spec.tls[0].hosts[1]</c>, or the entry when the names of its certificate decide.</summary>
    public required string Field { get; init; }

    /// <summary>The host or the name of the certificate by which it wants the server name: that name, or its wildcard.</summary>
    public required string Host { get; init; }

    /// <summary>The Secret; null when the entry names none and so asks for the default certificate.</summary>
    public NamespacedName? Secret { get; init; }

    /// <summary>What became of it.</summary>
    public required CertificateClaimOutcome Outcome { get; init; }

    /// <summary>Where the entry was written, when the Ingress came from a file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}
