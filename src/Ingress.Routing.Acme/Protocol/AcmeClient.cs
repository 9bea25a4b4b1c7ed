using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>Speaks with one CA (RFC 8555). Thread-safe; keeps nothing but its directory.</summary>
/// <remarks>Each method throws an <see cref="AcmeException"/> when the CA refuses, or does not answer as it should.</remarks>
internal sealed class AcmeClient(Uri directoryUrl, AcmeTransport transport, TimeProvider time)
{
    private static readonly TimeSpan s_directoryAge = TimeSpan.FromHours(1);

    private volatile KnownDirectory? _directory;

    public async Task<DirectoryMessage> GetDirectoryAsync(CancellationToken cancellationToken)
    {
        var known = _directory;
        if (known is not null && time.GetElapsedTime(known.ReadAt) < s_directoryAge)
        {
            return known.Directory;
        }

        try
        {
            var response = await transport.GetAsync(directoryUrl, cancellationToken).ConfigureAwait(false);
            var read = response.Read(AcmeJson.Default.DirectoryMessage);
            if (read.NewNonce is null || read.NewAccount is null || read.NewOrder is null)
            {
                throw new AcmeException($"There is no ACME directory at '{directoryUrl}'.");
            }

            _directory = new(read, time.GetTimestamp());
            return read;
        }
        catch (AcmeException) when (known is not null)
        {
            return known.Directory; // it seldom changes, and what is wrong now comes out at the next request
        }
    }

    /// <summary>Makes an account, or finds the one that a key has.</summary>
    /// <returns>Its address, and where its orders are listed.</returns>
    public async Task<(Uri Url, AccountMessage Account)> NewAccountAsync(
        AccountKey key, AccountRequest request, ExternalAccount? external, CancellationToken cancellationToken)
    {
        var directory = await GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        if (external is not null)
        {
            var bound = Jws.Bind(key, external.KeyId, external.Key, directory.NewAccount!);
            request = request with { ExternalAccountBinding = JsonSerializer.SerializeToElement(bound, AcmeJson.Default.SignedMessage) };
        }

        var response = await PostAsync(key, account: null, directory.NewAccount!, request, AcmeJson.Default.AccountRequest, cancellationToken).ConfigureAwait(false);
        var url = response.Location ?? throw new AcmeException("The CA made an account, and does not say where.");
        return (url, response.Read(AcmeJson.Default.AccountMessage));
    }

    public async Task UpdateContactAsync(Account account, string[] contact, CancellationToken cancellationToken)
        => await PostAsync(account, account.Url, new() { Contact = contact }, AcmeJson.Default.AccountRequest, cancellationToken).ConfigureAwait(false);

    /// <summary>Lets another key stand for an account (RFC 8555, 7.3.5).</summary>
    public async Task ChangeKeyAsync(Account account, AccountKey newKey, CancellationToken cancellationToken)
    {
        var directory = await GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        var url = directory.KeyChange ?? throw new AcmeException("The CA cannot change the key of an account.");
        var change = Encoding.UTF8.GetBytes(
            $$"""{"account":{{JsonSerializer.Serialize(account.Url.OriginalString, AcmeJson.Default.String)}},"oldKey":{{account.Key.Jwk}}}""");
        var inner = Jws.Sign(newKey, account: null, nonce: null, url, change);
        await PostAsync(account, url, inner, AcmeJson.Default.SignedMessage, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The addresses of the orders of an account; null where the CA lists none.</summary>
    public async Task<IReadOnlyList<Uri>?> ListOrdersAsync(Account account, CancellationToken cancellationToken)
    {
        var key = await NewAccountAsync(account.Key, new() { OnlyReturnExisting = true }, external: null, cancellationToken).ConfigureAwait(false);
        var orders = new List<Uri>();
        var pages = 0;
        for (var page = key.Account.Orders; page is not null && pages++ < 1_000;)
        {
            AcmeResponse response;
            try
            {
                response = await ReadAsync(account, page, cancellationToken).ConfigureAwait(false);
            }
            catch (AcmeException exception) when (exception.Status is 404 or 405 or 501)
            {
                return null; // named and not there, as at some CAs
            }

            orders.AddRange(response.Read(AcmeJson.Default.OrderListMessage).Orders ?? []);
            page = response.Links["next"].FirstOrDefault();
        }

        return key.Account.Orders is null ? null : orders;
    }

    public async Task<(Uri Url, OrderMessage Order)> NewOrderAsync(Account account, OrderRequest request, CancellationToken cancellationToken)
    {
        var directory = await GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        var response = await PostAsync(account, directory.NewOrder!, request, AcmeJson.Default.OrderRequest, cancellationToken).ConfigureAwait(false);
        var url = response.Location ?? throw new AcmeException("The CA took an order, and does not say where it is.");
        return (url, response.Read(AcmeJson.Default.OrderMessage));
    }

    public Task<(OrderMessage Message, TimeSpan? RetryAfter)> GetOrderAsync(Account account, Uri url, CancellationToken cancellationToken)
        => ReadAsync(account, url, AcmeJson.Default.OrderMessage, cancellationToken);

    public Task<(AuthorizationMessage Message, TimeSpan? RetryAfter)> GetAuthorizationAsync(Account account, Uri url, CancellationToken cancellationToken)
        => ReadAsync(account, url, AcmeJson.Default.AuthorizationMessage, cancellationToken);

    /// <summary>Tells the CA that a challenge is answered.</summary>
    public async Task RespondAsync(Account account, Uri challenge, CancellationToken cancellationToken)
        => await PostAsync(account, challenge, new(), AcmeJson.Default.EmptyMessage, cancellationToken).ConfigureAwait(false);

    public async Task<OrderMessage> FinalizeAsync(Account account, Uri url, byte[] request, CancellationToken cancellationToken)
    {
        var response = await PostAsync(
            account, url, new() { Csr = Base64Url.Encode(request) }, AcmeJson.Default.FinalizeRequest, cancellationToken).ConfigureAwait(false);
        return response.Read(AcmeJson.Default.OrderMessage);
    }

    /// <summary>Fetches a certificate with its chain, and the chains that lead elsewhere (RFC 8555, 7.4.2), that of the CA's choice first.</summary>
    /// <param name="wantsAll">Whether the others are wanted.</param>
    public async Task<IReadOnlyList<string>> DownloadAsync(Account account, Uri url, bool wantsAll, CancellationToken cancellationToken)
    {
        var first = await ReadAsync(account, url, cancellationToken).ConfigureAwait(false);
        var chains = new List<string> { Encoding.UTF8.GetString(first.Body) };
        foreach (var alternate in wantsAll ? first.Links["alternate"].Take(8) : [])
        {
            var other = await ReadAsync(account, alternate, cancellationToken).ConfigureAwait(false);
            chains.Add(Encoding.UTF8.GetString(other.Body));
        }

        return chains;
    }

    public async Task RevokeAsync(Account account, byte[] certificate, int? reason, CancellationToken cancellationToken)
    {
        var directory = await GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        var url = directory.RevokeCert ?? throw new AcmeException("The CA cannot revoke.");
        var request = new RevocationRequest { Certificate = Base64Url.Encode(certificate), Reason = reason };
        await PostAsync(account, url, request, AcmeJson.Default.RevocationRequest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks when a certificate is to be renewed (RFC 9773, 4).</summary>
    /// <returns>The window, and when to ask again; no window where the CA does not say.</returns>
    public async Task<(RenewalWindow? Window, TimeSpan? RetryAfter)> GetRenewalInfoAsync(string certificateId, CancellationToken cancellationToken)
    {
        var directory = await GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        if (directory.RenewalInfo is not { IsAbsoluteUri: true } renewalInfo)
        {
            return (null, null);
        }

        var url = new Uri(renewalInfo.AbsoluteUri.TrimEnd('/') + "/" + certificateId);
        var response = await transport.GetAsync(url, cancellationToken).ConfigureAwait(false);
        var window = response.Read(AcmeJson.Default.RenewalInfoMessage).SuggestedWindow;
        return (window is not null && window.End > window.Start ? window : null, response.RetryAfter);
    }

    private async Task<(T Message, TimeSpan? RetryAfter)> ReadAsync<T>(Account account, Uri url, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var response = await ReadAsync(account, url, cancellationToken).ConfigureAwait(false);
        return (response.Read(type), response.RetryAfter);
    }

    // A signed request without content (RFC 8555, 6.3).
    private Task<AcmeResponse> ReadAsync(Account account, Uri url, CancellationToken cancellationToken)
        => PostAsync(account.Key, account.Url, url, [], cancellationToken);

    private Task<AcmeResponse> PostAsync<T>(Account account, Uri url, T content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => PostAsync(account.Key, account.Url, url, JsonSerializer.SerializeToUtf8Bytes(content, type), cancellationToken);

    private Task<AcmeResponse> PostAsync<T>(
        AccountKey key, Uri? account, Uri url, T content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => PostAsync(key, account, url, JsonSerializer.SerializeToUtf8Bytes(content, type), cancellationToken);

    private async Task<AcmeResponse> PostAsync(AccountKey key, Uri? account, Uri url, byte[] payload, CancellationToken cancellationToken)
    {
        var directory = await GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        return await transport.PostAsync(url, nonce => Jws.Sign(key, account, nonce, url, payload), directory.NewNonce!, cancellationToken).ConfigureAwait(false);
    }

    private sealed record KnownDirectory(DirectoryMessage Directory, long ReadAt);
}
