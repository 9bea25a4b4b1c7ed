namespace Ingress.Routing.Annotations;

/// <summary>One row of a dialect that is known by name, and does not work here. It is reported, and never ignored in silence.</summary>
public sealed class UnsupportedAnnotation : Annotation
{
    private UnsupportedAnnotation(string name, AnnotationSupport support, AnnotationRisk risk, string reason)
        : base(name, risk, "anything", reason) => Support = support;

    /// <inheritdoc />
    public override AnnotationSupport Support { get; }

    internal Func<string, bool>? IsHarmless { get; private init; }

    internal override Type BuilderType => typeof(NoBuilder);

    /// <summary>A row for an annotation without effect.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="reason">Why it has none, as a sentence.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public static UnsupportedAnnotation WithoutEffect(string name, string reason) => new(name, AnnotationSupport.WithoutEffect, AnnotationRisk.Tunes, reason);

    /// <summary>A row for an annotation that is refused.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="risk">Whether routes that have it are closed.</param>
    /// <param name="reason">Why it does not work, and what to do instead, in sentences.</param>
    /// <param name="isHarmless">
    /// Tells of a text, without blanks around it, whether it asks for nothing that is missing here, such as <c>false</c> of a switch. Without
    /// it, no text does.
    /// </param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public static UnsupportedAnnotation Refused(string name, AnnotationRisk risk, string reason, Func<string, bool>? isHarmless = null)
        => new(name, AnnotationSupport.Refused, risk, reason) { IsHarmless = isHarmless };

    internal override PolicyBuilder NewBuilder() => new NoBuilder();

    internal override bool TrySet(PolicyBuilder builder, string text) => true;

    private sealed class NoBuilder : PolicyBuilder
    {
        protected internal override void Build(PolicyContext context)
        {
        }
    }
}
