using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>Gathers what the annotations of one Ingress say about one policy, and makes the policy.</summary>
/// <remarks>One is made for each Ingress that has one of its annotations, and used by one thread.</remarks>
public abstract class PolicyBuilder
{
    /// <summary>Whether the text of an annotation that protects could not be understood, so that there is no policy to make.</summary>
    protected bool HasFailed { get; private set; }

    /// <summary>Makes the policy of what was gathered. Called once, after all annotations were read.</summary>
    /// <param name="context">Receives the policy, and what is wrong with the annotations together.</param>
    protected internal abstract void Build(PolicyContext context);

    /// <summary>Says what happens now that the text of an annotation cannot be understood, and sees to it.</summary>
    /// <param name="annotation">The annotation; a misspelt one stands for the one that was most likely meant.</param>
    /// <param name="context">Where routes can be closed.</param>
    /// <returns>A sentence for the diagnostic.</returns>
    /// <remarks>Closes the routes when the annotation protects them, and ignores it otherwise.</remarks>
    protected internal virtual string Fail(Annotation annotation, PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        ArgumentNullException.ThrowIfNull(context);
        if (annotation.Risk == AnnotationRisk.Tunes)
        {
            return "It is ignored.";
        }

        HasFailed = true;
        context.Close(annotation.Name);
        return "The paths of this Ingress answer 503.";
    }

    /// <summary>Reports an annotation that was read, but cannot be used, and sees to what follows.</summary>
    /// <param name="annotation">Its name, which is that of a row of the dialect.</param>
    /// <param name="problem">What is wrong, as a sentence without its full stop.</param>
    /// <param name="context">Receives the report.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    protected void Refuse(string annotation, string problem, PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        ArgumentNullException.ThrowIfNull(context);
        context.Report(annotation, $"{problem}. {Fail(context.Dialect.Find(annotation)!, context)}");
    }

    /// <summary>Reports an annotation that refers to an object which there is not, and sees to what follows.</summary>
    /// <typeparam name="T">The kind of the object.</typeparam>
    /// <param name="annotation">Its name, which is that of a row of the dialect.</param>
    /// <param name="referenced">What was found, with a problem.</param>
    /// <param name="context">Receives the report.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    protected void Refuse<T>(string annotation, ReferencedObject<T> referenced, PolicyContext context)
        where T : KubernetesResource
    {
        ArgumentNullException.ThrowIfNull(annotation);
        ArgumentNullException.ThrowIfNull(context);
        context.Report(annotation, referenced, Fail(context.Dialect.Find(annotation)!, context));
    }
}
