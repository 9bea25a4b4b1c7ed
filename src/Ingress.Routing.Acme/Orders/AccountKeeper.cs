using System.Security.Cryptography;
using System.Text;
using Ingress.Routing.Acme.Protocol;
using Ingress.Routing.Acme.Storage;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Has the account at the CA: makes it once, and finds it again. Its key is kept before the CA hears of it. Thread-safe.</summary>
internal sealed class AccountKeeper(AcmeClient client, AcmeArchive archive, AcmeOptions options) : IDisposable
{
    private readonly string _directory = options.Directory.AbsoluteUri;
    private readonly string _name = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(options.Directory.AbsoluteUri)).AsSpan(0, 8));
    private readonly SemaphoreSlim _working = new(1, 1);
    private Account? _account;

    /// <summary>The account; made if there is none.</summary>
    public async Task<Account> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _account) is { } known)
        {
            return known;
        }

        await _working.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _account ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _working.Release();
        }
    }

    /// <summary>Looks the account up anew at the next use: the CA does not know it, or another process has had it.</summary>
    public void Forget() => Volatile.Write(ref _account, null);

    /// <summary>Gives the account a new key. Both keys are kept until it is certain which one counts.</summary>
    public async Task ChangeKeyAsync(CancellationToken cancellationToken)
    {
        var account = await GetAsync(cancellationToken).ConfigureAwait(false);
        await _working.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var stored = archive.Accounts[_name];
            var next = AccountKey.CreatePem(options.AccountKeyKind);
            await archive.WriteAsync(_name, stored with { NextKey = next }, cancellationToken).ConfigureAwait(false);
            using (var key = AccountKey.Read(next))
            {
                await client.ChangeKeyAsync(account, key, cancellationToken).ConfigureAwait(false);
            }

            await archive.WriteAsync(_name, stored with { Key = next, NextKey = null }, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Forget();
            _working.Release();
        }
    }

    public void Dispose() => _working.Dispose();

    private async Task<Account> OpenAsync(CancellationToken cancellationToken)
    {
        var stored = archive.Accounts.GetValueOrDefault(_name);
        if (stored is null)
        {
            stored = new() { Directory = _directory, Key = AccountKey.CreatePem(options.AccountKeyKind), Email = options.Email };
            await archive.WriteAsync(_name, stored, cancellationToken).ConfigureAwait(false);
        }

        if (stored.NextKey is not null)
        {
            stored = await DecideKeyAsync(stored, stored.NextKey, cancellationToken).ConfigureAwait(false);
        }

        var key = AccountKey.Read(stored.Key);
        var account = await OpenAsync(stored, key, cancellationToken).ConfigureAwait(false);
        if (stored.Url != account.Url.OriginalString || stored.Email != options.Email)
        {
            if (stored.Url is not null && stored.Email != options.Email)
            {
                await client.UpdateContactAsync(account, Contact ?? [], cancellationToken).ConfigureAwait(false);
            }

            await archive.WriteAsync(_name, stored with { Url = account.Url.OriginalString, Email = options.Email }, cancellationToken).ConfigureAwait(false);
        }

        return account;
    }

    private string[]? Contact => options.Email is { } email ? [$"mailto:{email}"] : null;

    // Asking costs one request for each start, and finds out that the CA has lost the account before an order does.
    private async Task<Account> OpenAsync(StoredAccount stored, AccountKey key, CancellationToken cancellationToken)
    {
        if (stored.Url is not null)
        {
            try
            {
                return new((await client.NewAccountAsync(key, new() { OnlyReturnExisting = true }, external: null, cancellationToken).ConfigureAwait(false)).Url, key);
            }
            catch (AcmeException exception) when (exception.Is("accountDoesNotExist"))
            {
                // The CA has been set up anew, or has tidied up. The same key gets a new account.
            }
        }

        var directory = await client.GetDirectoryAsync(cancellationToken).ConfigureAwait(false);
        if (directory.Meta?.TermsOfService is { } terms && !options.AgreeToTermsOfService)
        {
            throw new AcmeException(AcmeProblem.OneLine($"The CA makes no account without agreement to its terms of service. Read '{terms}', and say that you agree."));
        }

        var external = ExternalAccount();
        if (external is null && directory.Meta?.ExternalAccountRequired == true)
        {
            throw new AcmeException("The CA makes no account without the key of an account of another kind. Ask it for one, and name it.");
        }

        var request = new AccountRequest { Contact = Contact, TermsOfServiceAgreed = options.AgreeToTermsOfService ? true : null };
        return new((await client.NewAccountAsync(key, request, external, cancellationToken).ConfigureAwait(false)).Url, key);
    }

    private ExternalAccount? ExternalAccount()
        => options.ExternalAccountKeyId is { } id && Base64Url.TryDecode(options.ExternalAccountKey ?? "", out var key) ? new(id, key) : null;

    // The process ended while the key was being changed; only the CA knows which one it has.
    private async Task<StoredAccount> DecideKeyAsync(StoredAccount stored, string next, CancellationToken cancellationToken)
    {
        using var key = AccountKey.Read(next);
        try
        {
            await client.NewAccountAsync(key, new() { OnlyReturnExisting = true }, external: null, cancellationToken).ConfigureAwait(false);
            stored = stored with { Key = next, NextKey = null };
        }
        catch (AcmeException exception) when (exception.Is("accountDoesNotExist"))
        {
            stored = stored with { NextKey = null };
        }

        await archive.WriteAsync(_name, stored, cancellationToken).ConfigureAwait(false);
        return stored;
    }
}
