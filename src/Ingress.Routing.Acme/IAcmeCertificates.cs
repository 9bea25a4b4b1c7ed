namespace Ingress.Routing.Acme;

/// <summary>The certificates that ACME has brought, and what can be done about them. Thread-safe; <c>AddAcme</c> registers it.</summary>
public interface IAcmeCertificates
{
    /// <summary>All certificates that are kept, by the end of their life.</summary>
    IReadOnlyList<AcmeCertificate> Certificates { get; }

    /// <summary>Revokes the certificate of a name and forgets it; if it is still wanted, a new one with a new key is ordered.</summary>
    /// <param name="name">A name that it covers.</param>
    /// <param name="reason">Why (RFC 5280, 5.3.1): 1 for a key that others have, 4 for one that was replaced, 5 for one no longer needed; null to say nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such certificate.</returns>
    /// <exception cref="AcmeException">The CA refuses, or cannot be reached.</exception>
    /// <exception cref="IOException">What has changed cannot be kept.</exception>
    Task<bool> RevokeAsync(string name, int? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Gives the account at the CA a new key (RFC 8555, 7.3.5). Call it only in the process that orders.</summary>
    /// <param name="cancellationToken">Gives up. Which key counts is then found out at the next use.</param>
    /// <exception cref="AcmeException">The CA refuses, or cannot be reached.</exception>
    /// <exception cref="IOException">The new key cannot be kept.</exception>
    Task ChangeAccountKeyAsync(CancellationToken cancellationToken = default);
}
