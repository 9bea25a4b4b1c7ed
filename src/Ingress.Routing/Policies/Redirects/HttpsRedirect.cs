using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Sends clients that come over plain http to https (D19).</summary>
/// <remarks>Its own Ingress decides for a route, so that another one of the host, such as that of an ACME solver, stays on plain http.</remarks>
public sealed record HttpsRedirect : RequestPolicy
{
    /// <summary>The port of https that a URL need not name.</summary>
    public const int DefaultPort = 443;

    /// <summary>
    /// Whether clients are redirected. False keeps a route on plain http although all others are redirected. What code says about the host of a
    /// request goes before it: <see cref="HostPolicies.RedirectToHttps"/>.
    /// </summary>
    public bool IsAsked { get; init; } = true;

    /// <summary>301, 302, 303, 307 or 308; null is 301 to GET and HEAD, and 308 to other methods.</summary>
    public int? Status { get; init; }

    /// <summary>The port that clients are sent to.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>
    /// Whether clients are redirected only where https is served: at hosts of which an Ingress has entries for TLS
    /// (<see cref="HostPolicies.HasTlsEntries"/>), and whose handshakes are answered with a certificate.
    /// </summary>
    public bool NeedsCertificate { get; init; }

    /// <summary>Whether one slash at the very end of the URL is left out.</summary>
    public bool CutsFinalSlash { get; init; }

    /// <summary>The beginnings of paths of rules whose requests stay on plain http.</summary>
    public ImmutableArray<string> ExemptPaths { get; init; } = [];

    /// <inheritdoc />
    public override bool UsesRoutePath => !ExemptPaths.IsEmpty;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.HttpsRedirect;

    /// <inheritdoc />
    public override string Describe()
        => !IsAsked ? "no redirect to https, unless code asks for one at the host"
            : $"redirect http to https{(Port == DefaultPort ? "" : $" at port {Port}")}{(Status is { } status ? $" with {status}" : "")}"
                + (NeedsCertificate ? " where there is a certificate" : "");

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Scheme == Uri.UriSchemeHttps || !Redirects(request.HostPolicies) || IsExempt(request) ? PolicyOutcome.Continue : Answer(request);
    }

    /// <inheritdoc />
    public bool Equals(HttpsRedirect? other)
        => other is not null
            && (IsAsked, Status, Port, NeedsCertificate, CutsFinalSlash) == (other.IsAsked, other.Status, other.Port, other.NeedsCertificate, other.CutsFinalSlash)
            && ExemptPaths.AsSpan().SequenceEqual(other.ExemptPaths.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(IsAsked, Status, Port, NeedsCertificate, CutsFinalSlash, ExemptPaths.Length);

    /// <summary>Whether plain http is redirected at a host.</summary>
    /// <param name="host">The policies of the host.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public bool Redirects(HostPolicies host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.RedirectToHttps ?? (IsAsked && (!NeedsCertificate || host.HasTlsEntries));
    }

    // The path of the rule, and not that of the request: an ACME solver has a rule of its own. What code says knows no exemptions.
    private bool IsExempt(IPolicyRequest request)
        => request.HostPolicies.RedirectToHttps is null
            && (((request.RoutePath ?? request.RoutePattern?.Text) is { } path && ExemptPaths.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
                || (NeedsCertificate && !request.HasCertificate));

    private PolicyOutcome Answer(IPolicyRequest request)
    {
        // Nowhere to lead to, or a query that no header can hold.
        if (request.ReceivedHost.Length == 0 || request.Query.Span.ContainsAnyExceptInRange('!', '~'))
        {
            return PolicyOutcome.Answer(400);
        }

        var port = Port == DefaultPort ? "" : $":{Port}";
        var target = $"{request.Path}{request.Query}";
        target = CutsFinalSlash && target.EndsWith('/') ? target[..^1] : target;
        return PolicyOutcome.Redirect(Status ?? StatusFor(request.Method), $"https://{request.ReceivedHost}{port}{target}");
    }

    // After a 301 many clients go on with GET, whatever the method was (RFC 9110, 15.4.2); 308 keeps it.
    private static int StatusFor(string method) => method is "GET" or "HEAD" ? 301 : 308;
}
