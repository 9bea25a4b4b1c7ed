using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>How long answers with some statuses are remembered.</summary>
/// <param name="Statuses">The statuses; empty for all.</param>
/// <param name="Duration">How long.</param>
public sealed record CacheTime(ImmutableArray<int> Statuses, TimeSpan Duration)
{
    /// <summary>What is remembered when nothing else is asked for: 200, 202 and 401 for five minutes.</summary>
    public static ImmutableArray<CacheTime> Default { get; } = [new([200, 202, 401], TimeSpan.FromMinutes(5))];

    /// <summary>Reads texts such as <c>200 202 401 5m</c>, with commas between them; <c>any</c> stands for all statuses.</summary>
    /// <param name="text">The text.</param>
    /// <param name="times">The times; empty when the text is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, out ImmutableArray<CacheTime> times)
    {
        ArgumentNullException.ThrowIfNull(text);
        var read = ImmutableArray.CreateBuilder<CacheTime>();
        times = [];
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = item.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || !TryReadTime(words[^1], out var duration))
            {
                return false;
            }

            var statuses = ImmutableArray.CreateBuilder<int>();
            foreach (var word in words[..^1].Where(static word => word != "any"))
            {
                if (word.Length != 3 || !int.TryParse(word, System.Globalization.NumberStyles.None, null, out var status) || status < 100)
                {
                    return false;
                }

                statuses.Add(status);
            }

            // Without statuses, those that nginx means then.
            read.Add(new(words.Length == 1 ? [200, 301, 302] : statuses.ToImmutable(), duration));
        }

        times = read.ToImmutable();
        return true;
    }

    /// <inheritdoc />
    public bool Equals(CacheTime? other)
        => other is not null && Duration == other.Duration && Statuses.AsSpan().SequenceEqual(other.Statuses.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Duration, Statuses.Length);

    // Numbers with units, several one after the other, as nginx writes times; without a unit it is seconds.
    private static bool TryReadTime(string text, out TimeSpan time)
    {
        time = default;
        var seconds = 0d;
        for (var i = 0; i < text.Length;)
        {
            var begin = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                i++;
            }

            if (i == begin || i - begin > 9)
            {
                return false;
            }

            var number = (double)long.Parse(text.AsSpan(begin, i - begin), System.Globalization.CultureInfo.InvariantCulture);
            if (text.AsSpan(i).StartsWith("ms", StringComparison.Ordinal))
            {
                (number, i) = (number / 1000, i + 1);
            }
            else if (i < text.Length)
            {
                number *= text[i] switch
                {
                    's' => 1,
                    'm' => 60,
                    'h' => 3600,
                    'd' => 86400,
                    'w' => 7 * 86400,
                    _ => double.NaN,
                };
            }

            seconds += number;
            i++;
        }

        if (text.Length == 0 || double.IsNaN(seconds) || seconds > TimeSpan.FromDays(3650).TotalSeconds)
        {
            return false;
        }

        time = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
