using Ingress.Routing.Policies;

namespace Ingress.Routing.Explanation;

/// <summary>How the TLS policy of its host treats a request, and whose policy that is (D18, D23, D25). Immutable.</summary>
public sealed record TlsExplanation
{
    /// <summary>The policies of the host.</summary>
    public required HostPolicies Policies { get; init; }

    /// <summary>Whether a request over plain http is redirected to https.</summary>
    public required bool RedirectsToHttps { get; init; }

    /// <summary>The policy of the server name, under which the connection began; null for a request over plain http.</summary>
    public TlsPolicy? HandshakePolicy { get; init; }

    /// <summary>Whether the request may be served; as <see cref="TlsPolicyEvaluator"/> says.</summary>
    public required TlsVerdict Verdict { get; init; }

    /// <summary>The outcome in a sentence or two.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}
