using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>One <c>--resource GROUP/KIND=DIR</c>: the folder that serves resource backends of a kind.</summary>
internal sealed record ResourceFolder(ResourceKind Kind, string Directory)
{
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
