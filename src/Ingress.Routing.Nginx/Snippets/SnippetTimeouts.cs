using System.Globalization;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>The times for backends that a snippet sets.</summary>
internal sealed class SnippetTimeouts
{
    private TimeSpan? _connect;
    private TimeSpan? _send;
    private TimeSpan? _read;

    /// <summary>The times, in place of others where the snippet sets them; null when it sets none.</summary>
    public BackendTimeouts? Over(BackendTimeouts? others) => (_connect ?? _send ?? _read) is null
        ? null
        : new() { Connect = _connect ?? others?.Connect, Send = _send ?? others?.Send, Read = _read ?? others?.Read };

    /// <summary>Takes a directive.</summary>
    /// <returns>What is wrong, as a sentence without its full stop; null when nothing is.</returns>
    public string? Add(SnippetDirective directive)
    {
        if (directive.Arguments is not [var text] || TimeOf(text) is not { } time)
        {
            return "It takes a time such as '60s'";
        }

        switch (directive.Name)
        {
            case "proxy_connect_timeout":
                _connect = time;
                break;

            case "proxy_send_timeout":
                _send = time;
                break;

            default:
                _read = time;
                break;
        }

        return null;
    }

    private static TimeSpan? TimeOf(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return null;
        }

        return text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "" or "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => null,
        };
    }
}
