using Ingress.Routing.Annotations;

namespace Ingress.Routing.Gateway.Output;

/// <summary>One annotation that is understood, as a reader has to know it.</summary>
internal sealed record AnnotationJson
{
    public const string Works = "works";

    /// <summary>The whole key.</summary>
    public required string Annotation { get; init; }

    public required string Dialect { get; init; }

    /// <summary>Other names of the same annotation, behind the prefix.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary><c>works</c>, <c>without effect here</c>, <c>refused</c>, or <c>refused, its paths answer 503</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>Ingress</c>: its own routes; <c>host</c>: all routes of its hosts.</summary>
    public required string Scope { get; init; }

    /// <summary>What its text must be.</summary>
    public required string Text { get; init; }

    /// <summary>What it asks for.</summary>
    public required string Meaning { get; init; }

    public required string WhenWrong { get; init; }

    /// <summary>The name behind the prefix.</summary>
    internal string Name => Annotation[(Annotation.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static AnnotationJson From(AnnotationDialect dialect, Annotation row) => new()
    {
        Annotation = dialect.KeyOf(row.Name),
        Dialect = dialect.Name,
        Aliases = row.Aliases,
        Status = (row.Support, row.Risk) switch
        {
            (AnnotationSupport.Works, _) => Works,
            (AnnotationSupport.WithoutEffect, _) => "without effect here",
            (_, AnnotationRisk.Tunes) => "refused",
            _ => "refused, its paths answer 503",
        },
        Scope = row.Scope == AnnotationScope.Host ? "host" : "Ingress",
        Text = row.Expected,
        Meaning = row.Summary,
        WhenWrong = (row.Risk, row.Scope) switch
        {
            (AnnotationRisk.Tunes, _) => "it is ignored",
            (_, AnnotationScope.Host) => "no client is let in",
            _ => "its paths answer 503",
        },
    };
}
