using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>Statuses of HTTP, each by itself or from one to another. Immutable; equal when the texts are.</summary>
public sealed class StatusRanges : IEquatable<StatusRanges>
{
    private readonly (int From, int To)[] _ranges;

    private StatusRanges((int From, int To)[] ranges)
    {
        _ranges = ranges;
        Text = string.Join(", ", ranges.Select(static range => range.From == range.To
            ? range.From.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.From}-{range.To}")));
    }

    /// <summary>No status.</summary>
    public static StatusRanges None { get; } = new([]);

    /// <summary>From 200 to 399.</summary>
    public static StatusRanges Successes { get; } = new([(200, 399)]);

    /// <summary>The statuses as text, such as <c>200-399, 404</c>.</summary>
    public string Text { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>Reads statuses from 100 to 599 and ranges of them, with commas between them.</summary>
    /// <param name="text">The text, such as <c>200-399, 404</c>.</param>
    /// <param name="statuses">The statuses; null when the text is none.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out StatusRanges? statuses)
    {
        statuses = null;
        var ranges = new List<(int, int)>();
        foreach (var item in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var dash = item.IndexOf('-', StringComparison.Ordinal);
            if (!TryRead(dash < 0 ? item : item[..dash], out var from) || !TryRead(dash < 0 ? item : item[(dash + 1)..], out var to) || to < from)
            {
                return false;
            }

            ranges.Add((from, to));
        }

        statuses = new([.. ranges]);
        return true;
    }

    /// <summary>Whether a status is one of them.</summary>
    /// <param name="status">The status.</param>
    public bool Contains(int status)
    {
        foreach (var (from, to) in _ranges)
        {
            if (status >= from && status <= to)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public bool Equals(StatusRanges? other) => other is not null && Text == other.Text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as StatusRanges);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;

    private static bool TryRead(string text, out int status)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
