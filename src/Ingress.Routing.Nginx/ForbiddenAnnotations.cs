namespace Ingress.Routing.Nginx;

/// <summary>What the controller forbids Ingresses to say: annotations above a risk, and words.</summary>
/// <param name="options">The settings of the controller.</param>
internal sealed class ForbiddenAnnotations(NginxOptions options)
{
    /// <summary>What forbids an annotation, as a sentence without its full stop; null when nothing does.</summary>
    public string? ProblemOf(string name, string text)
    {
        if (options.AnnotationsRiskLevel is { } level && NginxRisks.Of(name) is var risk && risk > level)
        {
            return $"Its risk is {risk}, and 'annotations-risk-level' of the controller allows {level} at most";
        }

        var word = options.AnnotationValueWordBlocklist.FirstOrDefault(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        return word is null ? null : $"It holds '{word}', which 'annotation-value-word-blocklist' of the controller forbids";
    }
}
