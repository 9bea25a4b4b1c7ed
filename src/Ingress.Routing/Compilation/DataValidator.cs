using System.Buffers;
using System.Text;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The rules of the API server for the entries of Secrets and ConfigMaps.</summary>
internal static class DataValidator
{
    private const int MostBytes = 1024 * 1024;
    private const int LongestKey = 253;

    private static readonly SearchValues<char> s_keyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    public static void Validate(FieldReport report, SecretResource secret)
    {
        ValidateKeys(report, "data", secret.Data.Keys);
        ValidateSize(report, secret.Data.Values.Sum(static bytes => (long)bytes.Length));
    }

    public static void Validate(FieldReport report, ConfigMapResource configMap)
    {
        ValidateKeys(report, "data", configMap.Data.Keys);
        ValidateKeys(report, "binaryData", configMap.BinaryData.Keys);
        if (configMap.BinaryData.Keys.Any(configMap.Data.ContainsKey))
        {
            report.Error(IngressDiagnosticIds.InvalidData, FieldErrorKind.Invalid, "binaryData", "A key stands in 'data' as well.");
        }

        ValidateSize(
            report,
            configMap.Data.Values.Sum(static text => (long)Encoding.UTF8.GetByteCount(text)) + configMap.BinaryData.Values.Sum(static bytes => (long)bytes.Length));
    }

    /// <summary>Whether the API server takes a key.</summary>
    public static bool IsKey(string key)
        => key.Length is > 0 and <= LongestKey
            && !key.AsSpan().ContainsAnyExcept(s_keyCharacters)
            && key != "."
            && !key.StartsWith("..", StringComparison.Ordinal);

    // Damaged indentation may have put anything into a key, so that it is never shown.
    private static void ValidateKeys(FieldReport report, string field, IEnumerable<string> keys)
    {
        foreach (var _ in keys.Where(static key => !IsKey(key)))
        {
            report.Error(
                IngressDiagnosticIds.InvalidData,
                FieldErrorKind.Invalid,
                field,
                $"A key may hold letters, digits, '-', '_' and '.', at most {LongestKey} of them, and must not begin with '..'.");
        }
    }

    private static void ValidateSize(FieldReport report, long size)
    {
        if (size > MostBytes)
        {
            report.Error(IngressDiagnosticIds.InvalidData, FieldErrorKind.TooLong, "data", $"The entries have more than {MostBytes} bytes together.");
        }
    }
}
