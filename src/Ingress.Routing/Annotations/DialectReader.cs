using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>Reads the annotations of one Ingress in one dialect. Used once.</summary>
/// <param name="context">Receives what they ask for.</param>
internal sealed class DialectReader(IngressResource ingress, PolicyContext context)
{
    private readonly AnnotationDialect _dialect = context.Dialect;
    private readonly Dictionary<Type, PolicyBuilder> _builders = [];

    public void Read()
    {
        string[] names = [.. context.Names];
        if (names.Length == 0 && _dialect.ForEveryIngress.IsEmpty)
        {
            return;
        }

        foreach (var builder in _dialect.ForEveryIngress.Select(static create => create()))
        {
            _builders.Add(builder.GetType(), builder);
        }

        ReadUnknown(names);

        // In the order of the table, so that the order of a mapping decides nothing.
        foreach (var annotation in _dialect.RowsOf(names))
        {
            var name = NameIn(annotation);
            Read(annotation, name, TextOf(name)!);
        }

        foreach (var builder in _builders.Values.OrderBy(builder => _dialect.PositionOf(builder.GetType())))
        {
            builder.Build(context);
        }
    }

    private void Read(Annotation annotation, string name, string text)
    {
        if (_dialect.Forbids?.Invoke(name, text) is { } problem)
        {
            context.Close(name);
            context.Report(name, $"{problem}. The paths of this Ingress answer 503.");
            return;
        }

        if (annotation is UnsupportedAnnotation unsupported)
        {
            ReadUnsupported(unsupported, name, text);
            return;
        }

        var builder = BuilderOf(annotation);
        if (!annotation.TrySet(builder, text))
        {
            context.Report(name, $"It is '{text}', and must be {annotation.Expected}. {builder.Fail(annotation, context)}");
        }
    }

    private void ReadUnsupported(UnsupportedAnnotation annotation, string name, string text)
    {
        if (annotation.IsHarmless?.Invoke(text) == true)
        {
            return;
        }

        if (annotation.Support == AnnotationSupport.WithoutEffect)
        {
            context.Inform(IngressDiagnosticIds.AnnotationWithoutEffect, name, $"It has no effect here. {annotation.Summary}");
            return;
        }

        var protects = annotation.Risk == AnnotationRisk.Protects;
        if (protects)
        {
            context.Close(name);
        }

        context.Report(
            IngressDiagnosticIds.AnnotationRefused,
            name,
            $"It is not supported. {annotation.Summary} {(protects ? "The paths of this Ingress answer 503." : "It is ignored.")}",
            protects);
    }

    // A slip of the pen must not open what was meant to be closed.
    private void ReadUnknown(string[] names)
    {
        foreach (var name in names.Where(name => _dialect.Find(name) is null))
        {
            var unknown = $"There is no annotation '{_dialect.KeyOf(name)}'.";
            if (_dialect.Misnomers.TryGetValue(name, out var advice))
            {
                context.Warn(name, $"{unknown} {advice} It is ignored.");
                continue;
            }

            var meant = _dialect.Resembling(name);
            var suggestion = meant is null ? "" : $" Did you mean '{meant.Name}'?";
            if (meant is { Risk: AnnotationRisk.Protects })
            {
                context.Report(name, $"{unknown}{suggestion} {BuilderOf(meant).Fail(meant, context)}");
            }
            else
            {
                context.Warn(name, $"{unknown}{suggestion} It is ignored.");
            }
        }
    }

    // The name under which the Ingress has an annotation.
    private string NameIn(Annotation annotation)
    {
        if (annotation.Aliases.IsEmpty)
        {
            return annotation.Name;
        }

        var written = annotation.Aliases.Prepend(annotation.Name).Where(name => TextOf(name) is not null).ToList();
        var name = written.Find(name => TextOf(name)!.Length > 0) ?? written[0];
        foreach (var other in written.Where(other => other != name))
        {
            context.Warn(other, $"'{_dialect.KeyOf(name)}' means the same and goes first. This one is ignored.");
        }

        return name;
    }

    private string? TextOf(string name)
        => ingress.Metadata.Annotations.TryGetValue(_dialect.KeyOf(name), out var written) ? written?.Trim() ?? "" : null;

    private PolicyBuilder BuilderOf(Annotation annotation)
    {
        if (!_builders.TryGetValue(annotation.BuilderType, out var builder))
        {
            _builders.Add(annotation.BuilderType, builder = annotation.NewBuilder());
        }

        return builder;
    }
}
