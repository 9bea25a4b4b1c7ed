using System.Collections.Immutable;
using System.Net.Security;

namespace Ingress.Routing.Policies;

/// <summary>How TLS is spoken with the backend, where it is. Without this policy the operating system's roots and the <c>Host</c> of the request decide.</summary>
public sealed record BackendTls : RoutePolicy
{
    /// <summary>Whether the certificate of the backend is verified.</summary>
    public bool Verifies { get; init; } = true;

    /// <summary>The authorities to verify it with, as PEM; null takes those of the operating system.</summary>
    public string? AuthoritiesPem { get; init; }

    /// <summary>How many intermediate authorities may stand between.</summary>
    public int MaxIntermediates { get; init; } = 1;

    /// <summary>What the backend is shown when it asks for a certificate; null shows none.</summary>
    public PemCredentials? Credentials { get; init; }

    /// <summary>The name that the certificate has to be for, and that is sent; null takes the <c>Host</c> of the request.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether the name is sent to the backend (SNI).</summary>
    public bool SendsServerName { get; init; } = true;

    /// <summary>The versions that are spoken; empty leaves them to the operating system.</summary>
    public ImmutableArray<TlsVersion> Versions { get; init; } = [];

    /// <summary>The cipher suites to choose from; empty leaves them to the operating system.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; init; } = [];

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe()
        => (Verifies ? AuthoritiesPem is null ? "verify the certificate of the backend" : "verify the certificate of the backend with authorities of its own"
                : "do not verify the certificate of the backend")
            + (ServerName is null ? "" : $", as {ServerName}")
            + (Credentials is null ? "" : ", and show a client certificate");

    /// <inheritdoc />
    public bool Equals(BackendTls? other)
        => other is not null && Verifies == other.Verifies && AuthoritiesPem == other.AuthoritiesPem && MaxIntermediates == other.MaxIntermediates
            && Equals(Credentials, other.Credentials) && ServerName == other.ServerName && SendsServerName == other.SendsServerName
            && Versions.AsSpan().SequenceEqual(other.Versions.AsSpan()) && CipherSuites.AsSpan().SequenceEqual(other.CipherSuites.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Verifies, AuthoritiesPem, MaxIntermediates, Credentials, ServerName, SendsServerName, Versions.Length, CipherSuites.Length);

    /// <summary>Returns what it does.</summary>
    public override string ToString() => Describe();
}
