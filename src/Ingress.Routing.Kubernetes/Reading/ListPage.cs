namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>What a page of a list says besides its items.</summary>
/// <param name="Version">The version to watch from.</param>
/// <param name="Continue">What to ask for the next page with; null on the last one.</param>
internal sealed record ListPage(string Version, string? Continue);
