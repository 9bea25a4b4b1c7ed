namespace Ingress.Routing.Annotations;

/// <summary>What becomes of an annotation that a dialect knows.</summary>
public enum AnnotationSupport
{
    /// <summary>It works.</summary>
    Works,

    /// <summary>It is known and harmless to leave out: what it sets does not exist here, or is always so. Reported as information.</summary>
    WithoutEffect,

    /// <summary>It is known, and what it asks for is not done. Reported with what to do instead; routes that it could protect are closed.</summary>
    Refused,
}
