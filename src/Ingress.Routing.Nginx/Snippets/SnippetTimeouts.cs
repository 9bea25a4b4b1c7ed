using System.Globalization;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>The times for backends that a snippet sets.</summary>
internal sealed class SnippetTimeouts
{
    public TimeSpan? Connect { get; private set; }

    public TimeSpan? Send { get; private set; }

    public TimeSpan? Read { get; private set; }

    /// <summary>Whether any is set.</summary>
    public bool IsAny => (Connect ?? Send ?? Read) is not null;

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
                Connect = time;
                break;

            case "proxy_send_timeout":
                Send = time;
                break;

            default:
                Read = time;
                break;
        }

        return null;
    }

    private static TimeSpan? TimeOf(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
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
