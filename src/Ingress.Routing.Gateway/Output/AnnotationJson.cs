using Ingress.Routing.Annotations;

namespace Ingress.Routing.Gateway.Output;

/// <summary>One annotation that is understood, as a reader has to know it.</summary>
internal sealed record AnnotationJson
{
    /// <summary>The whole key.</summary>
    public required string Annotation { get; init; }

    public required string Dialect { get; init; }

    /// <summary><c>Ingress</c>: its own routes; <c>host</c>: all routes of its hosts.</summary>
    public required string Scope { get; init; }

    /// <summary>What its text must be.</summary>
    public required string Text { get; init; }

    /// <summary>What it asks for.</summary>
    public required string Meaning { get; init; }

    public required string WhenWrong { get; init; }

    public static AnnotationJson From(AnnotationDialect dialect, Annotation row) => new()
    {
        Annotation = dialect.KeyOf(row.Name),
        Dialect = dialect.Name,
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
