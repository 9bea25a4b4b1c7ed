namespace Ingress.Routing.Annotations;

/// <summary>One row of a dialect, which sets a part of what a builder makes.</summary>
/// <typeparam name="TBuilder">Gathers what several annotations say about one policy.</typeparam>
public sealed class Annotation<TBuilder> : Annotation
    where TBuilder : PolicyBuilder, new()
{
    private readonly Func<TBuilder, string, bool> _trySet;

    /// <summary>Creates a row.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="risk">What is done when its text cannot be understood.</param>
    /// <param name="expected">What its text must be, as the end of the sentence "it must be ...".</param>
    /// <param name="summary">What it asks for, in one sentence.</param>
    /// <param name="trySet">Reads the text, without blanks around it, into the builder; false when it cannot be understood. Must not throw.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Annotation(string name, AnnotationRisk risk, string expected, string summary, Func<TBuilder, string, bool> trySet)
        : base(name, risk, expected, summary)
    {
        ArgumentNullException.ThrowIfNull(trySet);
        _trySet = trySet;
    }

    internal override Type BuilderType => typeof(TBuilder);

    internal override PolicyBuilder NewBuilder() => new TBuilder();

    internal override bool TrySet(PolicyBuilder builder, string text) => _trySet((TBuilder)builder, text);
}
