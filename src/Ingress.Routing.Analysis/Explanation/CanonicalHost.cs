using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>A host in canonical form, and how it came to that; or what is wrong with it (D11).</summary>
/// <param name="Text">The host; empty for none (D13).</param>
/// <param name="Steps">The rules that changed something.</param>
/// <param name="Problem">Why the answer is 400; the text is meaningless then.</param>
internal sealed record CanonicalHost(string Text, IReadOnlyList<CanonicalizationStep> Steps, RequestProblem? Problem)
{
    private const string NameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=%";

    /// <summary>Whether a rule can name it; no host and an IP address leave only the host-less bucket (semantics 3.5).</summary>
    public bool IsName => Text.Length > 0 && Text[0] != '[' && !NameSyntax.IsIPAddress(Text);

    /// <summary>Reads a <c>Host</c> header or an authority as received.</summary>
    public static CanonicalHost Read(string? received)
    {
        if (string.IsNullOrEmpty(received))
        {
            return new("", [], null);
        }

        var trail = new StepTrail(received);
        var (host, port) = SplitPort(received);
        if (port is not null)
        {
            trail.Apply(CanonicalizationRule.PortRemoved, host);
        }

        if (port?.Any(static c => !char.IsAsciiDigit(c)) ?? false)
        {
            return Refused(received, RequestProblemKind.MalformedPort, $"The port '{port}' of the host is not a number.");
        }

        if (host.StartsWith('['))
        {
            if (!IsLiteral(host))
            {
                return Refused(received, RequestProblemKind.MalformedHost, $"'{received}' is no IP address in brackets.");
            }
        }
        else
        {
            trail.Apply(CanonicalizationRule.TrailingDotRemoved, host.EndsWith('.') ? host[..^1] : host);
            if (ProblemOf(received, trail.Text) is { } problem)
            {
                return new("", [], problem);
            }
        }

        trail.Apply(CanonicalizationRule.LowerCased, trail.Text.ToLowerInvariant());
        return new(trail.Text, trail.Steps, null);
    }

    private static (string Host, string? Port) SplitPort(string received)
    {
        // The colons inside brackets belong to the address.
        var colon = received.IndexOf(':', received.StartsWith('[') ? received.IndexOf(']') + 1 : 0);
        return colon < 0 ? (received, null) : (received[..colon], received[(colon + 1)..]);
    }

    private static bool IsLiteral(string host)
        => host.Length > 2 && host.EndsWith(']') && host[1..^1].All(static c => char.IsAsciiHexDigit(c) || c is ':' or '.');

    private static RequestProblem? ProblemOf(string received, string host)
    {
        if (host.FirstOrDefault(static c => !NameCharacters.Contains(c, StringComparison.Ordinal)) is var wrong and not '\0')
        {
            return Say(received, RequestProblemKind.MalformedHost, $"A host must not hold '{wrong}'.", received.IndexOf(wrong));
        }

        if (host.Contains('\0'))
        {
            return Say(received, RequestProblemKind.MalformedHost, "A host must not hold a NUL character.", received.IndexOf('\0'));
        }

        return host.Split('.').Contains("")
            ? Say(received, RequestProblemKind.EmptyLabel, $"The host '{received}' has an empty label: a dot with nothing beside it.")
            : null;
    }

    private static CanonicalHost Refused(string received, RequestProblemKind kind, string message)
        => new("", [], Say(received, kind, message));

    private static RequestProblem Say(string received, RequestProblemKind kind, string message, int? position = null)
        => new() { Kind = kind, Text = received, Position = position, Message = message };
}
