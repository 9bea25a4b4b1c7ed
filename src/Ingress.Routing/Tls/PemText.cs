using System.Security.Cryptography;

namespace Ingress.Routing.Tls;

/// <summary>The parts of a PEM text: its blocks, found as the platform finds them, and what stands between.</summary>
internal static class PemText
{
    public const string Certificate = "CERTIFICATE";

    /// <summary>One block.</summary>
    /// <param name="Label">What follows <c>BEGIN</c>.</param>
    /// <param name="Range">Where it stands in the text.</param>
    /// <param name="Base64">Where its content does.</param>
    public readonly record struct Block(string Label, Range Range, Range Base64);

    public static List<Block> BlocksOf(string text)
    {
        var blocks = new List<Block>();
        var start = 0;
        while (PemEncoding.TryFind(text.AsSpan(start), out var fields))
        {
            blocks.Add(new(text[Moved(fields.Label, start)], Moved(fields.Location, start), Moved(fields.Base64Data, start)));
            start += fields.Location.End.Value;
        }

        return blocks;
    }

    /// <summary>The lines that belong to no block, as ranges of characters; without those that are blank.</summary>
    public static IEnumerable<Range> Between(string text, IReadOnlyList<Block> blocks)
    {
        var start = 0;
        foreach (var end in blocks.Select(static block => block.Range).Append(text.Length..text.Length))
        {
            if (!text.AsSpan(start, end.Start.Value - start).IsWhiteSpace())
            {
                yield return start..end.Start.Value;
            }

            start = end.End.Value;
        }
    }

    /// <summary>The line of a place in the text, counted from 1.</summary>
    public static int LineOf(string text, int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    private static Range Moved(Range range, int by) => (range.Start.Value + by)..(range.End.Value + by);
}
