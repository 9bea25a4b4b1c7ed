namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads the times of <c>metadata</c> as the API server does: RFC 3339, with as many digits of a fraction as anybody likes.</summary>
/// <remarks>
/// Written out, because the platform takes seven digits at most. Like the API server's parser it also takes an hour of one digit and a
/// comma before the fraction, and neither small letters nor leap seconds. What is finer than a tick is cut off.
/// </remarks>
internal static class Rfc3339
{
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var rest = text.AsSpan();
        if (!TryTakeNumber(ref rest, 4, 4, out var year)
            || !TryTake(ref rest, '-')
            || !TryTakeNumber(ref rest, 2, 2, out var month)
            || !TryTake(ref rest, '-')
            || !TryTakeNumber(ref rest, 2, 2, out var day)
            || !TryTake(ref rest, 'T')
            || !TryTakeNumber(ref rest, 1, 2, out var hour)
            || !TryTake(ref rest, ':')
            || !TryTakeNumber(ref rest, 2, 2, out var minute)
            || !TryTake(ref rest, ':')
            || !TryTakeNumber(ref rest, 2, 2, out var second)
            || !TryTakeFraction(ref rest, out var ticks)
            || !TryTakeOffset(ref rest, out var offset)
            || !rest.IsEmpty
            || month is < 1 or > 12
            || hour > 23
            || minute > 59
            || second > 59)
        {
            return false;
        }

        // The platform has no year 0, which is as old as year 1 to everybody.
        year = Math.Max(year, 1);
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + ticks;
        time = new(Math.Clamp(local - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        const int TickDigits = 7;
        ticks = 0;
        if (rest is not ['.' or ',', >= '0' and <= '9', ..])
        {
            return true;
        }

        rest = rest[1..];
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        for (var i = 0; i < TickDigits; i++)
        {
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        rest = rest[digits.Length..];
        return true;
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<char> rest, out TimeSpan offset)
    {
        offset = default;
        if (TryTake(ref rest, 'Z'))
        {
            return true;
        }

        var isBehind = rest is ['-', ..];
        if (!isBehind && rest is not ['+', ..])
        {
            return false;
        }

        rest = rest[1..];
        if (!TryTakeNumber(ref rest, 2, 2, out var hours) || !TryTake(ref rest, ':') || !TryTakeNumber(ref rest, 2, 2, out var minutes)
            || hours > 24 || minutes > 60)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (isBehind ? -1 : 1);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> rest, int fewest, int most, out int number)
    {
        number = 0;
        var count = 0;
        while (count < most && count < rest.Length && char.IsAsciiDigit(rest[count]))
        {
            number = (number * 10) + (rest[count++] - '0');
        }

        rest = rest[count..];
        return count >= fewest;
    }
}
