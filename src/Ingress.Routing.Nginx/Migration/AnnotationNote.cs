namespace Ingress.Routing.Nginx.Migration;

/// <summary>Something about one annotation, or one field.</summary>
/// <param name="Annotation">Its name without the prefix, or the field.</param>
/// <param name="Message">What there is to say, in sentences.</param>
internal sealed record AnnotationNote(string Annotation, string Message);
