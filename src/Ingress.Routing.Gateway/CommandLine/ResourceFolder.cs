using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>One <c>--resource GROUP/KIND=DIR</c>: the folder that serves resource backends of a kind.</summary>
internal sealed record ResourceFolder(ResourceKind Kind, string Directory)
{
    /// <summary>Says what is wrong with a text that <see cref="TryParse"/> refuses.</summary>
    public static string ProblemOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? "There is no '=' between kind and folder."
            : equals == text.Length - 1 ? "The folder behind '=' is missing."
            : text[..equals].Count(static character => character == '/') > 1 ? "There is more than one '/' in front of '='."
            : "The kind in front of '=' is missing.";
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out ResourceFolder? folder)
    {
        folder = null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || equals == text.Length - 1)
        {
            return false;
        }

        var slash = text.IndexOf('/', 0, equals);
        var group = slash > 0 ? text[..slash] : null;
        var kind = text[(slash + 1)..equals];
        if (kind.Length == 0 || kind.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        folder = new(new(group, kind), Path.GetFullPath(text[(equals + 1)..]));
        return true;
    }
}
