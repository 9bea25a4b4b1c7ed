using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>Reads the annotations of an Ingress, in all dialects. The one place where their text is interpreted.</summary>
internal static class AnnotationReader
{
    /// <summary>Reads the annotations.</summary>
    /// <param name="objects">What they can refer to.</param>
    /// <param name="defaults">What holds for Ingresses without annotations.</param>
    /// <returns>What they ask for; null when that is nothing.</returns>
    public static RequestedPolicies? Read(
        IngressResource ingress, RouteTableOptions options, IPolicyObjects objects, DefaultPolicies defaults)
        => HasAny(ingress, options) ? ReadAll(ingress, options, objects, null) : defaults.Of(ingress);

    /// <summary>Reports what is wrong with the annotations.</summary>
    public static void Report(IngressResource ingress, RouteTableOptions options, IPolicyObjects objects, DiagnosticBag diagnostics)
    {
        if (HasAny(ingress, options))
        {
            ReadAll(ingress, options, objects, diagnostics);
        }
    }

    /// <summary>Reads the annotations in each dialect, whether there are any or not.</summary>
    internal static RequestedPolicies? ReadAll(IngressResource ingress, RouteTableOptions options, IPolicyObjects objects, DiagnosticBag? diagnostics)
    {
        var context = new PolicyContext(ingress, options, objects, diagnostics);
        diagnostics?.At(DiagnosticPhase.Annotations);
        foreach (var dialect in options.Dialects)
        {
            context.Dialect = dialect;
            new DialectReader(ingress, context).Read();
        }

        return context.Result;
    }

    private static bool HasAny(IngressResource ingress, RouteTableOptions options)
        => ingress.Metadata.Annotations.Count > 0
            && options.Dialects.Any(dialect => ingress.Metadata.Annotations.Keys.Any(key => key.StartsWith(dialect.KeyPrefix, StringComparison.Ordinal)));
}
