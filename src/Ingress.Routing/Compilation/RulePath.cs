using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The path of a rule in the form in which it is compared (semantics 8.4).</summary>
internal static class RulePath
{
    private const string Root = "/";

    /// <summary>The path as written; an absent or empty one means <c>/</c> (semantics 4.10).</summary>
    public static string AsWritten(IngressPath path) => string.IsNullOrEmpty(path.Path) ? Root : path.Path;

    /// <summary>The canonical form, by the same steps as the path of a request.</summary>
    public static string Canonical(string asWritten, RouteTableOptions options)
        => RequestPath.IsCertainlyCanonical(asWritten) ? asWritten : CanonicalPath.Of(asWritten.AsMemory(), options.KeepSlashes).ToString();

    /// <summary>The path type of a valid path.</summary>
    public static PathType TypeOf(IngressPath path) => path.PathType switch
    {
        PathTypes.Exact => PathType.Exact,
        PathTypes.Prefix => PathType.Prefix,
        _ => PathType.ImplementationSpecific,
    };

    /// <summary>Reports a path that no request can have, because every such request is answered with 400 (D9, semantics 8.7).</summary>
    public static void ReportUnreachable(
        RouteSource source, string canonical, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        var reason = canonical.Contains("%00", StringComparison.Ordinal)
            ? "an encoded NUL"
            : options.RejectEncodedSeparators && RequestPath.HasEncodedSeparator(canonical)
                ? "an encoded separator"
                : null;
        if (reason is not null)
        {
            diagnostics.Warn(
                source,
                IngressDiagnosticIds.UnreachablePath,
                "path",
                $"The path holds {reason}, and every request with one is answered with 400. This path never matches.");
        }
    }
}
