namespace Ingress.Routing.Policies;

/// <summary>Sends all clients to another host, with the path and the query that they asked for.</summary>
/// <param name="Host">The host that they are sent to.</param>
/// <param name="Status">301, 302, 307 or 308.</param>
public sealed record HostRedirect(string Host, int Status = 308) : RequestPolicy
{
    /// <summary>Whether the URL names the port, also where it is that of the scheme; otherwise it names none.</summary>
    public bool NamesPort { get; init; }

    /// <summary>Whether one slash at the end of the URL is cut, as ingress-nginx does.</summary>
    public bool CutsSlash { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.HostRedirect;

    /// <inheritdoc />
    public override string Describe() => $"redirect to host {Host} with {Status}";

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Query.Span.ContainsAnyExceptInRange('!', '~'))
        {
            return PolicyOutcome.Answer(400); // no header can hold it
        }

        var target = $"{request.Path}{request.Query}";
        var port = NamesPort ? request.Scheme == Uri.UriSchemeHttps ? ":443" : ":80" : "";
        return PolicyOutcome.Redirect(Status, $"{request.Scheme}://{Host}{port}{(CutsSlash && target.EndsWith('/') ? target[..^1] : target)}");
    }
}
