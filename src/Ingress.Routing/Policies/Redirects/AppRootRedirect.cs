namespace Ingress.Routing.Policies;

/// <summary>Sends clients that ask for <c>/</c> to the root of the application.</summary>
/// <param name="Path">A canonical path other than <c>/</c>.</param>
public sealed record AppRootRedirect(string Path) : RequestPolicy
{
    /// <summary>Whether the URL names scheme and host, the host as the client wrote it.</summary>
    public bool IsAbsolute { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.HostRedirect;

    /// <inheritdoc />
    public override string Describe() => $"redirect '/' to {Path} with 302";

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Path.Span is not "/" ? PolicyOutcome.Continue
            : PolicyOutcome.Redirect(302, IsAbsolute ? $"{request.Scheme}://{request.Header("Host") ?? request.Host}{Path}" : Path);
    }
}
