using System.Collections.Immutable;

namespace Ingress.Routing.Annotations;

/// <summary>One row of a dialect: an annotation, what its text must be, and what it asks for. Immutable.</summary>
/// <remarks>Diagnostics, suggestions for misspelt names and the page of annotations are made from these rows.</remarks>
public abstract class Annotation
{
    private protected Annotation(string name, AnnotationRisk risk, string expected, string summary)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(expected);
        ArgumentException.ThrowIfNullOrEmpty(summary);

        Name = name;
        Risk = risk;
        Expected = expected;
        Summary = summary;
    }

    /// <summary>The name behind the prefix.</summary>
    public string Name { get; }

    /// <summary>What is done when its text cannot be understood.</summary>
    public AnnotationRisk Risk { get; }

    /// <summary>What its text must be, as the end of the sentence "it must be ...".</summary>
    public string Expected { get; }

    /// <summary>What it asks for, in one sentence.</summary>
    public string Summary { get; }

    /// <summary>What it is about. The default is the routes of the Ingress.</summary>
    public AnnotationScope Scope { get; init; }

    /// <summary>Other names of the same annotation. Where an Ingress has several, <see cref="Name"/> counts, then they in their order.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>What becomes of it.</summary>
    public virtual AnnotationSupport Support => AnnotationSupport.Works;

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    internal abstract Type BuilderType { get; }

    internal abstract PolicyBuilder NewBuilder();

    internal abstract bool TrySet(PolicyBuilder builder, string text);
}
