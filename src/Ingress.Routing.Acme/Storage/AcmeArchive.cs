using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ingress.Routing.Acme.Protocol;

namespace Ingress.Routing.Acme.Storage;

/// <summary>What the storage holds, read, and written through. Thread-safe.</summary>
/// <param name="storage">Where it is.</param>
/// <param name="serve">Puts certificates in force, before anything else is done with them; null when nothing is served.</param>
internal sealed class AcmeArchive(IAcmeStorage storage, Action<IEnumerable<KeptCertificate>>? serve = null) : IDisposable
{
    public const string LedgerName = "ledger";

    private readonly Lock _changing = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Contents _contents = new();

    /// <summary>All certificates by their name in the storage.</summary>
    public IReadOnlyDictionary<string, KeptCertificate> Certificates => Volatile.Read(ref _contents).Certificates;

    /// <summary>The orders that are not done.</summary>
    public IReadOnlyDictionary<string, StoredOrder> Orders => Volatile.Read(ref _contents).Orders;

    /// <summary>The challenges that wait.</summary>
    public IReadOnlyDictionary<string, StoredChallenge> Challenges => Volatile.Read(ref _contents).Challenges;

    /// <summary>The accounts.</summary>
    public IReadOnlyDictionary<string, StoredAccount> Accounts => Volatile.Read(ref _contents).Accounts;

    public StoredLedger Ledger => Volatile.Read(ref _contents).Ledger;

    /// <summary>What cannot be used, and what is badly protected, in sentences.</summary>
    public IReadOnlyList<string> Problems => Volatile.Read(ref _contents).Problems;

    /// <summary>Reads everything anew.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var contents = new Contents();
        foreach (var item in await storage.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Problem is { } problem)
            {
                contents.Problems.Add($"{item} {problem}.");
            }

            if (item.Content is null)
            {
                continue;
            }

            try
            {
                Take(contents, item.Kind, item.Name, item.Content);
            }
            catch (Exception exception) when (exception is JsonException or CryptographicException or UriFormatException)
            {
                contents.Problems.Add($"{item} is damaged, and is left as it is: {AcmeProblem.OneLine(exception is CryptographicException ? exception.Message : "it is not the JSON that belongs there")}");
            }
        }

        lock (_changing)
        {
            serve?.Invoke(contents.Certificates.Values);
            Volatile.Write(ref _contents, contents);
        }
    }

    public Task WriteAsync(string name, StoredAccount account, CancellationToken cancellationToken)
        => WriteAsync(AcmeItemKind.Account, name, account, StoredJson.Default.StoredAccount, cancellationToken);

    public Task WriteAsync(string name, StoredOrder order, CancellationToken cancellationToken)
        => WriteAsync(AcmeItemKind.Order, name, order, StoredJson.Default.StoredOrder, cancellationToken);

    public Task WriteAsync(string name, StoredCertificate certificate, CancellationToken cancellationToken)
        => WriteAsync(AcmeItemKind.Certificate, name, certificate, StoredJson.Default.StoredCertificate, cancellationToken);

    public Task WriteAsync(string name, StoredChallenge challenge, CancellationToken cancellationToken)
        => WriteAsync(AcmeItemKind.Challenge, name, challenge, StoredJson.Default.StoredChallenge, cancellationToken);

    /// <summary>Changes the ledger, one change after the other.</summary>
    public async Task ChangeLedgerAsync(Func<StoredLedger, StoredLedger> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (before, after) = (Ledger, change(Ledger));
            if (!ReferenceEquals(before, after))
            {
                await WriteAsync(AcmeItemKind.Ledger, LedgerName, after, StoredJson.Default.StoredLedger, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task DeleteAsync(AcmeItemKind kind, string name, CancellationToken cancellationToken)
    {
        await storage.DeleteAsync(kind, name, cancellationToken).ConfigureAwait(false);
        Change(kind, contents => contents.Remove(kind, name));
    }

    public void Dispose() => _writing.Dispose();

    private async Task WriteAsync<T>(AcmeItemKind kind, string name, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.Serialize(value, type);
        await storage.WriteAsync(new() { Kind = kind, Name = name, Content = content }, cancellationToken).ConfigureAwait(false);
        Change(kind, contents => Take(contents, kind, name, content));
    }

    private void Change(AcmeItemKind kind, Action<Contents> change)
    {
        lock (_changing)
        {
            var next = _contents.Copy();
            change(next);
            if (kind == AcmeItemKind.Certificate)
            {
                serve?.Invoke(next.Certificates.Values);
            }

            Volatile.Write(ref _contents, next);
        }
    }

    private static void Take(Contents contents, AcmeItemKind kind, string name, string content)
    {
        switch (kind)
        {
            case AcmeItemKind.Account:
                var account = Read(content, StoredJson.Default.StoredAccount);
                AccountKey.Read(account.Key).Dispose();
                contents.Accounts[name] = account;
                break;

            case AcmeItemKind.Certificate:
                contents.Certificates[name] = KeptCertificate.Read(name, Read(content, StoredJson.Default.StoredCertificate));
                break;

            case AcmeItemKind.Order:
                contents.Orders[name] = Read(content, StoredJson.Default.StoredOrder);
                break;

            case AcmeItemKind.Challenge:
                contents.Challenges[name] = Read(content, StoredJson.Default.StoredChallenge);
                break;

            case AcmeItemKind.Ledger when name == LedgerName:
                contents.Ledger = Read(content, StoredJson.Default.StoredLedger);
                break;
        }
    }

    private static T Read<T>(string content, JsonTypeInfo<T> type)
        => JsonSerializer.Deserialize(content, type) ?? throw new JsonException("It is null.");

    private sealed class Contents
    {
        public Dictionary<string, StoredAccount> Accounts { get; private init; } = [];

        public Dictionary<string, KeptCertificate> Certificates { get; private init; } = [];

        public Dictionary<string, StoredOrder> Orders { get; private init; } = [];

        public Dictionary<string, StoredChallenge> Challenges { get; private init; } = [];

        public StoredLedger Ledger { get; set; } = new();

        public List<string> Problems { get; private init; } = [];

        public Contents Copy() => new()
        {
            Accounts = new(Accounts),
            Certificates = new(Certificates),
            Orders = new(Orders),
            Challenges = new(Challenges),
            Ledger = Ledger,
            Problems = Problems,
        };

        public void Remove(AcmeItemKind kind, string name)
        {
            Accounts.Remove(kind == AcmeItemKind.Account ? name : "");
            Certificates.Remove(kind == AcmeItemKind.Certificate ? name : "");
            Orders.Remove(kind == AcmeItemKind.Order ? name : "");
            Challenges.Remove(kind == AcmeItemKind.Challenge ? name : "");
        }
    }
}
