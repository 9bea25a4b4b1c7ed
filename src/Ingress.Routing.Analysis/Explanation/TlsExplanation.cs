namespace Ingress.Routing.Explanation;

/// <summary>How the TLS policy of its host treats a request, and whose policy that is (D18, D23, D25). Immutable.</summary>
public sealed record TlsExplanation
{
    /// <summary>The policy of the host.</summary>
    public required TlsPolicy Policy { get; init; }

    /// <summary>The policy of the server name, under which the connection began; null for a request over plain http.</summary>
    public TlsPolicy? HandshakePolicy { get; init; }

    /// <summary>Whether the request may be served; as <see cref="IngressRouteTable.JudgeTls"/> says.</summary>
    public required TlsVerdict Verdict { get; init; }

    /// <summary>The outcome in a sentence or two.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}
