namespace Ingress.Routing.Annotations;

/// <summary>What an annotation is about.</summary>
public enum AnnotationScope
{
    /// <summary>The routes of the Ingress that has it, its default backend included.</summary>
    Route,

    /// <summary>The hosts of the Ingress that has it; where several Ingresses share a host, one of them decides.</summary>
    Host,
}
