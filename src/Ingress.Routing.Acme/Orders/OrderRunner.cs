using System.Security.Cryptography;
using Ingress.Routing.Acme.Protocol;
using Ingress.Routing.Acme.Storage;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Takes one order from its beginning, or from wherever an earlier process has left it, to the certificate. Thread-safe.</summary>
/// <remarks>
/// What is needed to go on is kept before each step that the CA hears of: the key before the order, the address after it, and the certificate before
/// the order is forgotten. So a process may end anywhere, and the next one goes on with the same order.
/// </remarks>
internal sealed class OrderRunner(AcmeClient client, AccountKeeper accounts, Authorizer authorizer, AcmeArchive archive, AcmeOptions options, TimeProvider time)
{
    private readonly string _directory = options.Directory.AbsoluteUri;

    /// <summary>The order that an earlier attempt has left for some names, if it can be taken up.</summary>
    public StoredOrder? Pending(WantedCertificate wanted)
        => archive.Orders.GetValueOrDefault(wanted.Id) is { } order && order.Directory == _directory && WantedCertificate.HaveSameNames(order.Names, wanted.Names)
            ? order
            : null;

    /// <summary>Gets a certificate.</summary>
    /// <param name="replaces">The certificate that the new one takes the place of; null when there is none.</param>
    /// <param name="failures">How often it failed before.</param>
    /// <returns>The certificate, which is kept.</returns>
    /// <exception cref="OrderFailedException">It came to nothing, and is over.</exception>
    /// <exception cref="AcmeException">The CA refuses, or is in trouble. What can be taken up again is kept.</exception>
    public async Task<StoredCertificate> RunAsync(WantedCertificate wanted, KeptCertificate? replaces, int failures, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.OrderTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var account = await accounts.GetAsync(either.Token).ConfigureAwait(false);
            return await RunAsync(account, wanted, replaces, failures, either.Token).ConfigureAwait(false);
        }
        catch (AcmeException exception) when (exception.Is("accountDoesNotExist"))
        {
            accounts.Forget();
            throw new AcmeException("The CA does not know the account any more; a new one is made.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AcmeException("The order takes longer than it may; it is taken up again later.", exception);
        }
    }

    private async Task<StoredCertificate> RunAsync(
        Account account, WantedCertificate wanted, KeptCertificate? replaces, int failures, CancellationToken cancellationToken)
    {
        var stored = Pending(wanted);
        if (stored?.Url is null)
        {
            stored = await BeginAsync(account, wanted, stored, replaces, cancellationToken).ConfigureAwait(false);
        }

        var url = new Uri(stored.Url!);
        var poll = new Poll(time);
        while (true)
        {
            var (order, retryAfter) = await GetAsync(account, wanted, url, poll, cancellationToken).ConfigureAwait(false);
            switch (order.Status)
            {
                case "pending":
                    await AuthorizeAsync(account, wanted, order, failures, cancellationToken).ConfigureAwait(false);
                    await poll.WaitAsync(retryAfter: null, cancellationToken).ConfigureAwait(false);
                    continue;

                case "ready":
                    stored = stored with { IsFinalized = true };
                    await archive.WriteAsync(wanted.Id, stored, cancellationToken).ConfigureAwait(false);
                    await FinalizeAsync(account, order, stored, cancellationToken).ConfigureAwait(false);
                    continue;

                case "processing":
                    await poll.WaitAsync(retryAfter, cancellationToken).ConfigureAwait(false);
                    continue;

                case "valid" when order.Certificate is not null && stored.IsFinalized:
                    return await TakeAsync(account, wanted, order.Certificate, stored, cancellationToken).ConfigureAwait(false);

                default:
                    await EndAsync(wanted).ConfigureAwait(false);
                    throw new OrderFailedException(order.Error is { } problem
                        ? AcmeProblem.OneLine($"The CA ended the order: {problem}")
                        : AcmeProblem.OneLine($"The order is '{order.Status}'."));
            }
        }
    }

    private async Task<StoredOrder> BeginAsync(
        Account account, WantedCertificate wanted, StoredOrder? begun, KeptCertificate? replaces, CancellationToken cancellationToken)
    {
        var known = begun ?? new StoredOrder { Directory = _directory, Names = wanted.Names, Key = CreateKey(), StartedAt = time.GetUtcNow() };
        if (begun is null)
        {
            await archive.WriteAsync(wanted.Id, known, cancellationToken).ConfigureAwait(false);
        }

        var url = begun is null ? null : await FindLostAsync(account, wanted, cancellationToken).ConfigureAwait(false);
        try
        {
            url ??= await SendAsync(account, wanted, replaces, cancellationToken).ConfigureAwait(false);
        }
        catch (AcmeException exception) when (!exception.IsTrouble)
        {
            await EndAsync(wanted).ConfigureAwait(false); // a clear no: there is no order
            throw;
        }

        known = known with { Url = url.OriginalString };
        await archive.WriteAsync(wanted.Id, known, CancellationToken.None).ConfigureAwait(false);
        return known;
    }

    private async Task<Uri> SendAsync(Account account, WantedCertificate wanted, KeptCertificate? replaces, CancellationToken cancellationToken)
    {
        var directory = await client.GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        if (options.Profile is not null && directory.Meta?.Profiles?.ContainsKey(options.Profile) != true)
        {
            throw new AcmeException($"The CA has no profile '{options.Profile}'.") { Status = 400 };
        }

        var request = new OrderRequest
        {
            Identifiers = [.. wanted.Names.Select(static name => new IdentifierMessage { Value = name })],
            Profile = options.Profile,
            Replaces = directory.RenewalInfo is not null && replaces?.Stored.Directory == _directory ? replaces.Chain.RenewalId : null,
        };
        try
        {
            return (await client.NewOrderAsync(account, request, cancellationToken).ConfigureAwait(false)).Url;
        }
        catch (AcmeException exception) when (request.Replaces is not null && (exception.Is("alreadyReplaced") || exception.Status is 404 or 409 || exception.Is("malformed")))
        {
            // What it replaces only helps the CA to plan; a certificate matters more.
            return (await client.NewOrderAsync(account, request with { Replaces = null }, cancellationToken).ConfigureAwait(false)).Url;
        }
    }

    // A process ended, or a connection broke, after an order was sent and before its address came back. Where the CA lists orders, it is found again.
    private async Task<Uri?> FindLostAsync(Account account, WantedCertificate wanted, CancellationToken cancellationToken)
    {
        var known = archive.Orders.Values.Select(static order => order.Url).OfType<string>().ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<Uri>? listed;
        try
        {
            listed = await client.ListOrdersAsync(account, cancellationToken).ConfigureAwait(false);
        }
        catch (AcmeException exception) when (!exception.IsTrouble)
        {
            return null;
        }

        // The newest are at the end, as a rule. Not all are looked at where there are thousands.
        foreach (var url in listed?.Reverse().Where(url => !known.Contains(url.OriginalString)).Take(200) ?? [])
        {
            try
            {
                var order = (await client.GetOrderAsync(account, url, cancellationToken).ConfigureAwait(false)).Message;
                if (order.Status is "pending" or "ready"
                    && WantedCertificate.HaveSameNames(wanted.Names, [.. (order.Identifiers ?? []).Select(static identifier => identifier.Value.ToLowerInvariant())]))
                {
                    return url;
                }
            }
            catch (AcmeException exception) when (!exception.IsTrouble)
            {
                // It is gone.
            }
        }

        return null;
    }

    private async Task<(OrderMessage Order, TimeSpan? RetryAfter)> GetAsync(
        Account account, WantedCertificate wanted, Uri url, Poll poll, CancellationToken cancellationToken)
    {
        try
        {
            return await poll.TryAsync(() => client.GetOrderAsync(account, url, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (AcmeException exception) when (exception.Status is 404 or 410 or 403 || exception.Is("malformed"))
        {
            await EndAsync(wanted).ConfigureAwait(false);
            throw new OrderFailedException($"The CA does not know the order any more: {exception.Message}", null, exception);
        }
    }

    private async Task AuthorizeAsync(Account account, WantedCertificate wanted, OrderMessage order, int failures, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll((order.Authorizations ?? []).Select(url => authorizer.AuthorizeAsync(account, url, failures, cancellationToken))).ConfigureAwait(false);
        }
        catch (OrderFailedException)
        {
            await EndAsync(wanted).ConfigureAwait(false);
            throw;
        }
    }

    private async Task FinalizeAsync(Account account, OrderMessage order, StoredOrder stored, CancellationToken cancellationToken)
    {
        var url = order.Finalize ?? throw new AcmeException("The order is ready, and the CA does not say where it is finished.");
        try
        {
            await client.FinalizeAsync(account, url, SigningRequest.Create(stored.Names, stored.Key), cancellationToken).ConfigureAwait(false);
        }
        catch (AcmeException exception) when (exception.Is("orderNotReady"))
        {
            // It was finished before, and the answer was lost. The order says how far it is.
        }
    }

    private async Task<StoredCertificate> TakeAsync(
        Account account, WantedCertificate wanted, Uri url, StoredOrder stored, CancellationToken cancellationToken)
    {
        var poll = new Poll(time);
        var chains = await poll.TryAsync(
            () => client.DownloadAsync(account, url, wantsAll: options.PreferredChain is not null, cancellationToken), cancellationToken).ConfigureAwait(false);
        try
        {
            var read = chains.Select(chain => (Pem: chain, Issued: IssuedChain.Read(chain, stored.Key))).ToList();
            var chosen = read.Find(chain => chain.Issued.LastIssuer == options.PreferredChain);
            chosen = chosen.Pem is null ? read[0] : chosen;
            if (!chosen.Issued.Covers(wanted.Names))
            {
                throw new CryptographicException("It does not cover all names of the order.");
            }

            var certificate = new StoredCertificate
            {
                Directory = _directory,
                Names = wanted.Names,
                Chain = chosen.Pem,
                Key = stored.Key,
                IssuedAt = time.GetUtcNow(),
                Profile = options.Profile,
            };
            await archive.WriteAsync(wanted.Id, certificate, CancellationToken.None).ConfigureAwait(false);
            await EndAsync(wanted).ConfigureAwait(false);
            return certificate;
        }
        catch (CryptographicException exception)
        {
            await EndAsync(wanted).ConfigureAwait(false);
            throw new OrderFailedException(AcmeProblem.OneLine($"The certificate that the CA issued cannot be used: {exception.Message}"), null, exception);
        }
    }

    private async Task EndAsync(WantedCertificate wanted)
    {
        await archive.DeleteAsync(AcmeItemKind.Order, wanted.Id, CancellationToken.None).ConfigureAwait(false);
        await authorizer.ForgetAsync(wanted.Names).ConfigureAwait(false);
    }

    private string CreateKey()
    {
        using var key = Keys.Create(options.KeyKind);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
