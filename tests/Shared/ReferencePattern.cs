using System.Text;
using System.Text.RegularExpressions;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>A path that an Ingress asks to be read as a regular expression (D26). Slow on purpose.</summary>
internal sealed record ReferencePattern(string Text, Regex Expression)
{
    /// <summary>What decides which expression goes first: the number of bytes.</summary>
    public int Length => Encoding.UTF8.GetByteCount(Text);

    /// <summary>The expression that a path is; null when it is literal text.</summary>
    public static ReferencePattern? Of(IngressResource ingress, IngressPath path)
        => ingress.Metadata.Annotations.TryGetValue("ingress.routing/regex-paths", out var text) && text == "true" && path.PathType == PathTypes.ImplementationSpecific
            ? new(Written(path), ExpressionOf(Written(path)))
            : null;

    public bool IsMatch(string path) => Expression.IsMatch(path);

    public static string Written(IngressPath path) => string.IsNullOrEmpty(path.Path) ? "/" : path.Path;

    // What is no expression stands for everything that begins like it.
    private static Regex ExpressionOf(string text)
    {
        try
        {
            _ = new Regex(text);
            return new Regex($"^(?:{text})");
        }
        catch (ArgumentException)
        {
            var start = string.Concat(text.TakeWhile(c => char.IsLetterOrDigit(c) || c is '/' or '-' or '_'));
            return new Regex("^" + start, RegexOptions.IgnoreCase);
        }
    }
}
