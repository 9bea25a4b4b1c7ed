namespace Ingress.Routing.Annotations;

/// <summary>Reads paths in the way of a dialect, where an Ingress asks for it.</summary>
/// <remarks>
/// Immutable and thread-safe. It must give the same answers for the same paths: a table is a function of its objects alone. Only one reader of
/// a host reads all of its paths: the one that the oldest Ingress with such a reader asks for.
/// </remarks>
public abstract class PathReader
{
    /// <summary>Reads one path of the Ingress that asks.</summary>
    /// <param name="path">The path.</param>
    /// <returns>How it is read; null when it is literal text, as Kubernetes has it.</returns>
    public virtual PathReading? Read(HostPath path) => null;

    /// <summary>Reads all paths of a host, whichever Ingress they are of.</summary>
    /// <param name="paths">The paths, those of older Ingresses first.</param>
    /// <returns>How each is read, in the same order; null when each Ingress decides for its own paths, as Kubernetes has it.</returns>
    public virtual IReadOnlyList<PathReading?>? ReadHost(IReadOnlyList<HostPath> paths) => null;
}
