using System.Text;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>The entries of a Secret, read as strictly as the API server reads them.</summary>
internal sealed class SecretData
{
    // All values together, decoded.
    private const int MostBytes = 1024 * 1024;

    private readonly Dictionary<string, byte[]?> _entries = new(StringComparer.Ordinal);
    private readonly ObjectReport _report;
    private readonly MappingNode _secret;

    private SecretData(ObjectReport report, MappingNode secret)
    {
        _report = report;
        _secret = secret;
    }

    /// <summary>Whether the API server would store nothing of the Secret.</summary>
    public bool IsRefused { get; private set; }

    public static SecretData Read(FieldReader root, ObjectReport report, MappingNode secret, string[] known)
    {
        var entries = new SecretData(report, secret);
        long size = 0;
        foreach (var (key, encoded) in root.StringMap("data"))
        {
            var decoded = Base64Text.Decode(encoded);
            entries._entries[key] = decoded;
            size += decoded?.Length ?? 0;
            if (decoded is null)
            {
                entries.IsRefused = true;
                var field = FieldPath.Root.Field("data");
                report.NotBase64(known.Contains(key) ? field.Key(key) : field, entries.PositionOf("data", key));
            }
        }

        // stringData is written over data when the API server stores a Secret.
        foreach (var (key, text) in root.StringMap("stringData"))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            size += bytes.Length - (entries._entries.GetValueOrDefault(key)?.Length ?? 0);
            entries._entries[key] = bytes;
        }

        entries.CheckKeys();
        if (size > MostBytes)
        {
            entries.IsRefused = true;
            report.TooLong(FieldPath.Root.Field("data"), entries.PositionOf("data", ""), $"The entries have more than {MostBytes} bytes together.");
        }

        return entries;
    }

    /// <summary>The entries that can be read.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> Readable
        => _entries.Where(static entry => entry.Value is not null).ToDictionary(static entry => entry.Key, static entry => new ReadOnlyMemory<byte>(entry.Value));

    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>Reports the entries that take no part in TLS.</summary>
    public void ReportOthers(ReadOnlySpan<string> known)
    {
        foreach (var key in _entries.Keys)
        {
            if (!known.Contains(key))
            {
                var field = IsIn("stringData", key) ? "stringData" : "data";
                _report.IgnoredEntry(FieldPath.Root.Field(field), PositionOf(field, key));
            }
        }
    }

    // Damaged indentation may have put anything into a key, so that it is never shown.
    private void CheckKeys()
    {
        foreach (var key in _entries.Keys)
        {
            if (!DataKey.IsValid(key))
            {
                var field = IsIn("stringData", key) ? "stringData" : "data";
                IsRefused = true;
                _report.BadKey(FieldPath.Root.Field(field), PositionOf(field, key));
            }
        }
    }

    private bool IsIn(string field, string key) => _secret.TryFind(field, out var entry) && entry.Value is MappingNode map && map.FindExact(key) is not null;

    private Position PositionOf(string field, string key)
        => !_secret.TryFind(field, out var entry) ? _secret.Position
            : entry.Value is MappingNode map && map.TryFind(key, out var found) ? found.Position
            : entry.Position;
}
