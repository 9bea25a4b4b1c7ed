namespace Ingress.Routing.Policies;

/// <summary>Sends clients that come over plain http to https (D19).</summary>
/// <remarks>Its own Ingress decides for a route, so that another one of the host, such as that of an ACME solver, stays on plain http.</remarks>
public sealed record HttpsRedirect : RequestPolicy
{
    private const int DefaultPort = 443;

    /// <summary>
    /// Whether clients are redirected. False keeps a route on plain http although all others are redirected. What code says about the host of a
    /// request goes before it: <see cref="HostPolicies.RedirectToHttps"/>.
    /// </summary>
    public bool IsAsked { get; init; } = true;

    /// <summary>301, 302, 303, 307 or 308; null is 301 to GET and HEAD, and 308 to other methods.</summary>
    public int? Status { get; init; }

    /// <summary>The port that clients are sent to.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.HttpsRedirect;

    /// <inheritdoc />
    public override string Describe()
        => !IsAsked ? "no redirect to https, unless code asks for one at the host" : Status is { } status ? $"redirect http to https with {status}" : "redirect http to https";

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Scheme == Uri.UriSchemeHttps || !Redirects(request.HostPolicies) ? PolicyOutcome.Continue : Answer(request);
    }

    /// <summary>Whether plain http is redirected at a host.</summary>
    /// <param name="host">The policies of the host.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public bool Redirects(HostPolicies host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.RedirectToHttps ?? IsAsked;
    }

    private PolicyOutcome Answer(IPolicyRequest request)
    {
        // Nowhere to lead to, or a query that no header can hold.
        if (request.ReceivedHost.Length == 0 || request.Query.Span.ContainsAnyExceptInRange('!', '~'))
        {
            return PolicyOutcome.Answer(400);
        }

        var port = Port == DefaultPort ? "" : $":{Port}";
        return PolicyOutcome.Redirect(Status ?? StatusFor(request.Method), $"https://{request.ReceivedHost}{port}{request.Path}{request.Query}");
    }

    // After a 301 many clients go on with GET, whatever the method was (RFC 9110, 15.4.2); 308 keeps it.
    private static int StatusFor(string method) => method is "GET" or "HEAD" ? 301 : 308;
}
