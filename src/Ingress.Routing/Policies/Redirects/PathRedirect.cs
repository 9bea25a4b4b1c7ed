using System.Text.RegularExpressions;

namespace Ingress.Routing.Policies;

/// <summary>Sends clients elsewhere: to another path, host or scheme.</summary>
public sealed record PathRedirect : RequestPolicy
{
    /// <summary>The status when none is asked for.</summary>
    public const int DefaultStatus = 302;

    /// <summary>301, 302, 303, 307 or 308.</summary>
    public int Status { get; init; } = DefaultStatus;

    /// <summary>Which paths are redirected; null redirects all paths of the route.</summary>
    public PathPattern? Pattern { get; init; }

    /// <summary>
    /// Where to: a path, or an absolute URL of http or https whose host is constant. Null keeps the path.
    /// </summary>
    public PolicyTemplate? Target { get; init; }

    /// <summary><c>http</c> or <c>https</c>; null keeps that of the request.</summary>
    public string? Scheme { get; init; }

    /// <summary>The host, with an optional port; null keeps that of the request.</summary>
    public string? Host { get; init; }

    /// <summary>Whether the query of the request is kept. One that the target has goes before it in any case.</summary>
    public bool KeepsQuery { get; init; } = true;

    /// <summary>Whether clients are told scheme and host where the target is a path and both stay as they are.</summary>
    public bool NamesHost { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.PathRedirect;

    /// <inheritdoc />
    public override bool UsesRoutePath => Pattern is null && Target is { HasCaptures: true };

    /// <inheritdoc />
    public override string Describe()
    {
        var origin = Host is null && Scheme is null ? "" : $"{Scheme ?? "${scheme}"}://{Host ?? "${host}"}";
        return $"redirect {(Pattern is null ? "" : $"'{Pattern}' ")}to {origin}{Target?.Text ?? "${path}"} with {Status}";
    }

    /// <inheritdoc />
    /// <remarks>A request that would be sent to where it is goes on, because its client would come back for ever.</remarks>
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!PathPattern.Fits(Pattern, request, out var captures, out var outcome))
        {
            return outcome;
        }

        var location = LocationOf(request, captures);
        if (location is null || location.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return PolicyOutcome.Answer(400); // no host to send the client to, or a query that no header can hold
        }

        return IsSelf(location, request) ? PolicyOutcome.Continue : PolicyOutcome.Redirect(Status, location);
    }

    private string? LocationOf(IPolicyRequest request, Match? captures)
    {
        var target = Target?.ExpandTarget(request, captures) ?? request.Path.ToString();
        if (KeepsQuery && Target?.HasQuery != true && !request.Query.IsEmpty)
        {
            var fragment = target.IndexOf('#', StringComparison.Ordinal);
            target = target.Insert(fragment < 0 ? target.Length : fragment, request.Query.ToString());
        }

        if (Target is not null && !Target.LeadingLiteral.StartsWith('/') && Target.LeadingLiteral.Length > 0)
        {
            return target; // an absolute URL
        }

        // Two slashes would begin a host, which the client would have chosen.
        var path = "/" + target.TrimStart('/', '\\');
        if (Host is null && Scheme is null && !NamesHost)
        {
            return path;
        }

        // Without a host clients take the first element of the path for one.
        var host = Host ?? request.Host;
        return host.Length == 0 ? null : $"{Scheme ?? request.Scheme}://{host}{path}";
    }

    private static bool IsSelf(string location, IPolicyRequest request)
    {
        var self = $"{request.Path}{request.Query}";
        return location == self || location == $"{request.Scheme}://{request.Host}{self}";
    }
}
