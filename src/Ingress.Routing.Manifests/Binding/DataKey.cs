using System.Buffers;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>The keys of the entries of Secrets and ConfigMaps.</summary>
internal static class DataKey
{
    private const int Longest = 253;

    private static readonly SearchValues<char> s_characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>Whether the API server takes a key.</summary>
    public static bool IsValid(string key)
        => key.Length is > 0 and <= Longest
            && !key.AsSpan().ContainsAnyExcept(s_characters)
            && key != "."
            && !key.StartsWith("..", StringComparison.Ordinal);
}
