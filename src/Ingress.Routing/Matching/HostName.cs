using System.Runtime.Intrinsics;
using System.Text;

namespace Ingress.Routing.Matching;

/// <summary>The name under which a <see cref="HostTable{T}"/> keeps a rule host, cut into blocks.</summary>
/// <remarks>A wildcard is kept as what follows its <c>*</c>, with the dot, and marked; so it is never mistaken for an exact host.</remarks>
internal readonly ref struct HostName
{
    /// <summary>Names beyond this length are neither kept nor found. A rule host has 253 characters at most.</summary>
    public const int LengthLimit = (int)WildcardMark - 1;

    /// <summary>Added to the length, makes the <see cref="Mark"/> of a wildcard.</summary>
    public const uint WildcardMark = 0x8000;

    private HostName(ReadOnlySpan<char> text, bool isWildcard)
    {
        Text = text;
        Mark = (uint)text.Length | (isWildcard ? WildcardMark : 0);
    }

    /// <summary>No name, for the rules of all hosts.</summary>
    public static HostName None => default;

    /// <summary>The text in the letter case of the rule.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Length and kind, which two names must share to be equal; 16 bits.</summary>
    public uint Mark { get; }

    /// <summary>The first block.</summary>
    public Vector256<byte> Head => Block(0);

    /// <summary>How many blocks follow the first.</summary>
    public int TailLength => TailLengthOf(Text.Length);

    public static HostName OfRule(string host)
        => IsWildcard(host) ? Wildcard(host.AsSpan(1)) : Exact(host);

    public static HostName Exact(ReadOnlySpan<char> host) => new(host, isWildcard: false);

    /// <param name="suffix">What follows the <c>*</c>.</param>
    public static HostName Wildcard(ReadOnlySpan<char> suffix) => new(suffix, isWildcard: true);

    /// <summary>Whether a valid rule host is a wildcard.</summary>
    public static bool IsWildcard(string host) => host.StartsWith("*.", StringComparison.Ordinal);

    public static bool IsWildcard(uint mark) => (mark & WildcardMark) != 0;

    /// <summary>The length of the name with this mark.</summary>
    public static int LengthOf(uint mark) => (int)(mark & (WildcardMark - 1));

    /// <summary>The rule host of an entry.</summary>
    public static string RuleHostOf(uint mark, ReadOnlySpan<HostCell> cells)
    {
        var length = LengthOf(mark);
        Span<byte> text = stackalloc byte[TextBlock.Size];
        var host = new StringBuilder(IsWildcard(mark) ? "*" : "", length + 1);
        for (var i = 0; i * TextBlock.Size < length; i++)
        {
            var cell = i == 0 ? cells[0] : cells[^(TailLengthOf(length) + 1 - i)];
            cell.Text.CopyTo(text);
            host.Append(Encoding.ASCII.GetString(text[..Math.Min(length - (i * TextBlock.Size), TextBlock.Size)]));
        }

        return host.ToString();
    }

    /// <summary>A block, in lower case.</summary>
    /// <param name="index">Zero is <see cref="Head"/>.</param>
    public unsafe Vector256<byte> Block(int index)
    {
        var text = Text[(index * TextBlock.Size)..];
        fixed (char* start = text)
        {
            return TextBlock.ToLower(
                start != null && TextBlock.CanRead(start, text.Length) ? TextBlock.Read(start, text.Length) & TextBlock.Before(Math.Min(text.Length, TextBlock.Size)) : TextBlock.Copy(text));
        }
    }

    public ulong HashBy(TextHash hash)
    {
        var value = hash.Of(Head);
        for (var i = 1; i <= TailLength; i++)
        {
            value = hash.Of(Block(i), value);
        }

        return value;
    }

    /// <summary>The cells of an entry that is a single object.</summary>
    public HostCell[] ToCells(object item)
    {
        var cells = new HostCell[1 + TailLength];
        cells[0] = new HostCell(item, Head);
        WriteTail(cells);
        return cells;
    }

    /// <summary>Writes the blocks after the first to the end of an entry.</summary>
    public void WriteTail(Span<HostCell> cells)
    {
        for (var i = 1; i <= TailLength; i++)
        {
            cells[^(TailLength + 1 - i)] = new HostCell(null, Block(i));
        }
    }

    /// <summary>Whether an entry that has the same <see cref="Mark"/> is that of this name.</summary>
    public bool IsNameOf(ReadOnlySpan<HostCell> cells)
    {
        for (var i = 1; i <= TailLength; i++)
        {
            if (cells[^(TailLength + 1 - i)].Text != Block(i))
            {
                return false;
            }
        }

        return cells[0].Text == Head;
    }

    private static int TailLengthOf(int length) => length == 0 ? 0 : (length - 1) / TextBlock.Size;
}
