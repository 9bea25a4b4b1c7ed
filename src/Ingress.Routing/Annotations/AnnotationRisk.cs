namespace Ingress.Routing.Annotations;

/// <summary>What is done when the text of an annotation cannot be understood.</summary>
public enum AnnotationRisk
{
    /// <summary>It only tunes: the text is reported, and the default holds.</summary>
    Tunes,

    /// <summary>It decides who is served, or what is reached: the text is reported, and the routes are closed (503).</summary>
    Protects,
}
