namespace Ingress.Routing.Model;

/// <summary>The three values of <c>pathType</c>, case-sensitive.</summary>
public static class PathTypes
{
    /// <summary>See <see cref="PathType.Exact"/>.</summary>
    public const string Exact = "Exact";

    /// <summary>See <see cref="PathType.Prefix"/>.</summary>
    public const string Prefix = "Prefix";

    /// <summary>See <see cref="PathType.ImplementationSpecific"/>.</summary>
    public const string ImplementationSpecific = "ImplementationSpecific";
}
