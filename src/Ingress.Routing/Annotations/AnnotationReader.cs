using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>Reads the annotations of an Ingress, in all dialects. The one place where their text is interpreted.</summary>
internal static class AnnotationReader
{
    /// <summary>Reads the annotations.</summary>
    /// <param name="objects">What they can refer to.</param>
    /// <param name="diagnostics">Receives what is wrong with them; null when only the policies matter.</param>
    /// <returns>What they ask for; null when that is nothing.</returns>
    public static RequestedPolicies? Read(IngressResource ingress, RouteTableOptions options, IPolicyObjects objects, DiagnosticBag? diagnostics = null)
    {
        if (ingress.Metadata.Annotations.Count == 0)
        {
            return null;
        }

        PolicyContext? context = null;
        foreach (var dialect in options.Dialects)
        {
            var names = ingress.Metadata.Annotations.Keys
                .Where(key => key.StartsWith(dialect.KeyPrefix, StringComparison.Ordinal))
                .Select(key => key[dialect.KeyPrefix.Length..])
                .ToList();
            if (names.Count > 0)
            {
                diagnostics?.At(DiagnosticPhase.Annotations);
                context ??= new PolicyContext(ingress, options, objects, diagnostics);
                context.Dialect = dialect;
                Read(ingress, names, context);
            }
        }

        return context?.Result;
    }

    private static void Read(IngressResource ingress, List<string> names, PolicyContext context)
    {
        var builders = new Dictionary<Type, PolicyBuilder>();
        var dialect = context.Dialect;
        foreach (var name in names.Where(name => dialect.Find(name) is null).Order(StringComparer.Ordinal))
        {
            ReadUnknown(name, BuilderOf, context);
        }

        // In the order of the table, so that the order of a mapping decides nothing.
        foreach (var annotation in dialect.Annotations)
        {
            if (!ingress.Metadata.Annotations.TryGetValue(dialect.KeyOf(annotation.Name), out var written))
            {
                continue;
            }

            var text = written?.Trim() ?? "";
            var builder = BuilderOf(annotation);
            if (!annotation.TrySet(builder, text))
            {
                context.Report(annotation.Name, $"It is '{text}', and must be {annotation.Expected}. {builder.Fail(annotation, context)}");
            }
        }

        foreach (var type in dialect.Annotations.Select(static annotation => annotation.BuilderType).Distinct())
        {
            builders.GetValueOrDefault(type)?.Build(context);
        }

        PolicyBuilder BuilderOf(Annotation annotation)
        {
            if (!builders.TryGetValue(annotation.BuilderType, out var builder))
            {
                builders.Add(annotation.BuilderType, builder = annotation.NewBuilder());
            }

            return builder;
        }
    }

    // A slip of the pen must not open what was meant to be closed.
    private static void ReadUnknown(string name, Func<Annotation, PolicyBuilder> builderOf, PolicyContext context)
    {
        var key = context.Dialect.KeyOf(name);
        var meant = context.Dialect.Resembling(name);
        var suggestion = meant is null ? "" : $" Did you mean '{meant.Name}'?";
        if (meant is { Risk: AnnotationRisk.Protects })
        {
            context.Report(name, $"There is no annotation '{key}'.{suggestion} {builderOf(meant).Fail(meant, context)}");
        }
        else
        {
            context.Warn(name, $"There is no annotation '{key}'.{suggestion} It is ignored.");
        }
    }
}
