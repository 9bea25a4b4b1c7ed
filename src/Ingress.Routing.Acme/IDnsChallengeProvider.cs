namespace Ingress.Routing.Acme;

/// <summary>Writes DNS records for the challenge <c>dns-01</c>. Register one as a singleton.</summary>
/// <remarks>
/// Has to be thread-safe. An exception counts as a failed order. A process may end between the two calls, so a record with an old value may be
/// left; it does no harm.
/// </remarks>
public interface IDnsChallengeProvider
{
    /// <summary>Adds a TXT record beside those of the same name, and returns when every name server of the zone has it. It may be there already.</summary>
    /// <param name="recordName">The name of the record without a final dot: <c>_acme-challenge.shop.example.com</c>.</param>
    /// <param name="value">Its value, without quotes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AddRecordAsync(string recordName, string value, CancellationToken cancellationToken);

    /// <summary>Removes the record with this value; others of the same name stay.</summary>
    /// <param name="recordName">As for <see cref="AddRecordAsync"/>.</param>
    /// <param name="value">As for <see cref="AddRecordAsync"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RemoveRecordAsync(string recordName, string value, CancellationToken cancellationToken);
}
