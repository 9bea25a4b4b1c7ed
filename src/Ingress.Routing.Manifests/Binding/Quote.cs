namespace Ingress.Routing.Manifests.Binding;

/// <summary>Puts text of the user into a message, and not more of it than a reader would read.</summary>
internal static class Quote
{
    private const int Longest = 80;

    public static string Of(string text) => text.Length > Longest ? $"'{text[..Longest]}...'" : $"'{text}'";
}
