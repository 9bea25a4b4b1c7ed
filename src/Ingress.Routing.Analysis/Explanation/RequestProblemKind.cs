namespace Ingress.Routing.Explanation;

/// <summary>The reasons to answer a request with 400.</summary>
public enum RequestProblemKind
{
    /// <summary>The host, or the bracketed address in it, is not of the form that RFC 3986 demands.</summary>
    MalformedHost,

    /// <summary>The port of the host is not a number.</summary>
    MalformedPort,

    /// <summary>The host has an empty label, as <c>a..b</c> has (D11b).</summary>
    EmptyLabel,

    /// <summary>The authority of the target and the <c>Host</c> header name different hosts (D12).</summary>
    ContradictingHosts,

    /// <summary>The target has no path: it is neither in origin-form nor in absolute-form with a host (D8, step 1).</summary>
    NoPath,

    /// <summary>The path holds a character that must be escaped: a blank, a control character, <c>#</c>, or one beyond ASCII (D9).</summary>
    IllegalCharacter,

    /// <summary>A <c>%</c> is not followed by two hexadecimal digits (D9).</summary>
    MalformedEscape,

    /// <summary>The path holds <c>%00</c> (D9).</summary>
    EncodedNul,

    /// <summary>The path holds a backslash, or an encoded <c>/</c> or <c>\</c>, and the options refuse those (semantics 8.7).</summary>
    EncodedSeparator,
}
