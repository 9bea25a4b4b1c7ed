namespace Ingress.Routing.Forwarding;

/// <summary>Where the requests for a Service port go, in place of its ready endpoints.</summary>
/// <remarks>Immutable. Two targets are taken to be the same when their addresses are equal and their handler is the same object.</remarks>
public sealed record ServiceTarget
{
    /// <summary>
    /// Absolute <c>http</c> or <c>https</c> addresses without query, among which requests are balanced. A path in an address goes in front of
    /// the canonical path; its trailing slash does not count. Certificates of <c>https</c> addresses are verified as those of any web site are.
    /// Empty means that <see cref="Handler"/> answers.
    /// </summary>
    public IReadOnlyList<Uri> Addresses { get; init; } = [];

    /// <summary>
    /// Sends the requests; null sends them over the network. It receives the very request that would be sent, and with no address given one to
    /// <c>http://service.namespace.svc/</c>. It is never disposed here.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }
}
