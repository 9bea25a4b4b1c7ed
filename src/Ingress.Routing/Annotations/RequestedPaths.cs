namespace Ingress.Routing.Annotations;

/// <summary>How an Ingress asks for its paths to be read. Immutable.</summary>
/// <param name="Reader">Who reads them.</param>
/// <param name="Requested">What the reader is told of the Ingress.</param>
/// <param name="Annotation">The annotation that asks for it, with its prefix.</param>
internal sealed record RequestedPaths(PathReader Reader, object? Requested, string Annotation);
