using System.Buffers;
using System.Text;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>The entries of a Secret, read as strictly as the API server reads them.</summary>
internal sealed class SecretData
{
    // All values together, decoded.
    private const int MostBytes = 1024 * 1024;
    private const int LongestKey = 253;

    private static readonly SearchValues<char> s_keyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private readonly Dictionary<string, string?> _entries = new(StringComparer.Ordinal);
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
            var decoded = Decode(encoded);
            entries._entries[key] = decoded?.Text;
            size += decoded?.Bytes ?? 0;
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
            size += Encoding.UTF8.GetByteCount(text) - (entries._entries.GetValueOrDefault(key) is { } other ? Encoding.UTF8.GetByteCount(other) : 0);
            entries._entries[key] = text;
        }

        entries.CheckKeys();
        if (size > MostBytes)
        {
            entries.IsRefused = true;
            report.TooLong(FieldPath.Root.Field("data"), entries.PositionOf("data", ""), $"The entries have more than {MostBytes} bytes together.");
        }

        return entries;
    }

    /// <summary>The text of an entry; null when it is missing or cannot be read.</summary>
    public string? Find(string key) => _entries.GetValueOrDefault(key);

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
            if (key.Length is 0 or > LongestKey || key.AsSpan().ContainsAnyExcept(s_keyCharacters) || key == "." || key.StartsWith("..", StringComparison.Ordinal))
            {
                var field = IsIn("stringData", key) ? "stringData" : "data";
                IsRefused = true;
                _report.BadKey(FieldPath.Root.Field(field), PositionOf(field, key));
            }
        }
    }

    // Line breaks are skipped, as by the API server, and nothing else is.
    private static (string Text, int Bytes)? Decode(string encoded)
    {
        var digits = encoded.AsSpan().ContainsAny('\r', '\n')
            ? encoded.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            : encoded;
        var bytes = new byte[(digits.Length / 4 * 3) + 3];
        return !digits.AsSpan().ContainsAny(' ', '\t') && Convert.TryFromBase64String(digits, bytes, out var count)
            ? (Encoding.UTF8.GetString(bytes, 0, count), count)
            : null;
    }

    private bool IsIn(string field, string key) => _secret.TryFind(field, out var entry) && entry.Value is MappingNode map && map.FindExact(key) is not null;

    private Position PositionOf(string field, string key)
        => !_secret.TryFind(field, out var entry) ? _secret.Position
            : entry.Value is MappingNode map && map.TryFind(key, out var found) ? found.Position
            : entry.Position;
}
