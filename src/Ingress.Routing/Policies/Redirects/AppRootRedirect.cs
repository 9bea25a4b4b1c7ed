namespace Ingress.Routing.Policies;

/// <summary>Sends clients that ask for <c>/</c> to the root of the application.</summary>
/// <param name="Path">A canonical path other than <c>/</c>.</param>
public sealed record AppRootRedirect(string Path) : RequestPolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.HostRedirect;

    /// <inheritdoc />
    public override string Describe() => $"redirect '/' to {Path} with 302";

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Path.Span is "/" ? PolicyOutcome.Redirect(302, Path) : PolicyOutcome.Continue;
    }
}
