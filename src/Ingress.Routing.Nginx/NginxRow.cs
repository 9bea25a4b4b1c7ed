using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Makes the rows of the dialect.</summary>
internal static class NginxRow
{
    /// <summary>A row that works. A text with a line break in it is never taken: nginx calls it malicious.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="risk">What is done when its text cannot be understood.</param>
    /// <param name="expected">What its text must be, as the end of the sentence "it must be ...".</param>
    /// <param name="summary">What it asks for, in one sentence.</param>
    /// <param name="trySet">Reads the text, without blanks around it, into the builder.</param>
    /// <param name="aliases">Other names of it.</param>
    public static Annotation Of<TBuilder>(
        string name, AnnotationRisk risk, string expected, string summary, Func<TBuilder, string, bool> trySet, params ReadOnlySpan<string> aliases)
        where TBuilder : PolicyBuilder, new()
        => new Annotation<TBuilder>(name, risk, expected, summary, (builder, text) => !NginxText.HasLineBreak(text) && trySet(builder, text)) { Aliases = [.. aliases] };

    /// <summary>Adds a policy. One that only the controller asks for gives way to another dialect without a word.</summary>
    public static void Add(PolicyContext context, RoutePolicy policy, string annotation, bool isDefault)
    {
        if (!isDefault || !context.Has(policy.GetType()))
        {
            context.Add(policy, annotation);
        }
    }

    /// <summary>A row that works, about the hosts of the Ingress.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static Annotation OfHost<TBuilder>(string name, AnnotationRisk risk, string expected, string summary, Func<TBuilder, string, bool> trySet)
        where TBuilder : PolicyBuilder, new()
        => new Annotation<TBuilder>(name, risk, expected, summary, (builder, text) => !NginxText.HasLineBreak(text) && trySet(builder, text))
        {
            Scope = AnnotationScope.Host,
        };

    /// <summary>A row without effect here.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="reason">Why that changes nothing for requests, as a sentence.</param>
    public static Annotation WithoutEffect(string name, string reason) => UnsupportedAnnotation.WithoutEffect(name, reason);

    /// <summary>A row that is refused by name, and leaves its routes open.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="instead">Why, and what to do instead, in sentences.</param>
    /// <param name="harmless">The texts that ask for nothing, such as <c>false</c>.</param>
    public static Annotation Refused(string name, string instead, Func<string, bool>? harmless = null)
        => UnsupportedAnnotation.Refused(name, AnnotationRisk.Tunes, instead, harmless);

    /// <summary>A row that is refused by name, and closes its routes, because it could protect them.</summary>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="instead">Why, and what to do instead, in sentences.</param>
    /// <param name="harmless">The texts that ask for nothing, such as <c>false</c>.</param>
    public static Annotation Closed(string name, string instead, Func<string, bool>? harmless = null)
        => UnsupportedAnnotation.Refused(name, AnnotationRisk.Protects, instead, harmless);

    /// <summary>Rows of policies that this version does not have yet.</summary>
    public static IEnumerable<Annotation> NotBuilt(AnnotationRisk risk, params IEnumerable<string> names)
        => names.Select(name => UnsupportedAnnotation.Refused(name, risk, "This version does not have it yet."));
}
