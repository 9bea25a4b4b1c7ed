namespace Ingress.Routing.Policies;

/// <summary>Sends a copy of each request that reaches the backend somewhere else, and throws the answer away.</summary>
/// <remarks>
/// The copy never delays or fails the request. When too many copies are on their way, or a body is too large, there is none. A request that a
/// policy answers is not copied.
/// </remarks>
public sealed record Mirror : RoutePolicy
{
    private Mirror(PolicyTemplate target) => Target = target;

    /// <summary>The URL of the copy. Its host is the same for every request.</summary>
    public PolicyTemplate Target { get; }

    /// <summary>The <c>Host</c> of the copy; null takes that of the URL.</summary>
    public string? Host { get; init; }

    /// <summary>Whether the copy has the body of the request. The default is yes.</summary>
    public bool WithBody { get; init; } = true;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <summary>Makes one.</summary>
    /// <param name="target">The URL of the copy, of http or https, with variables of the request behind its host.</param>
    /// <returns>Null when it is no such URL, or when a request could choose its host.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    public static Mirror? To(PolicyTemplate target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Annotations.TargetText.IsUrl(target.Text)
            && Annotations.TargetText.IsSendable(target.Text)
            && Annotations.TargetText.HasConstantHost(target, null)
            && Uri.TryCreate(target.LeadingLiteral, UriKind.Absolute, out var url)
            && url.UserInfo.Length == 0
                ? new Mirror(target)
                : null;
    }

    /// <summary>The URL of the copy of one request.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public string UrlFor(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Target.ExpandTarget(request, null);
    }

    /// <inheritdoc />
    public override string Describe() => $"send a copy {(WithBody ? "" : "without the body ")}to {Target}";
}
