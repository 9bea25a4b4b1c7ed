using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>A host that an Ingress asks for besides those of its rules. Immutable.</summary>
/// <param name="Name">The host, or a wildcard; in lower case.</param>
/// <param name="Target">The host of a rule, whose paths it gets.</param>
/// <param name="Redirect">What answers all of its requests instead; null when the paths of the target do.</param>
/// <param name="Annotation">The annotation that asks for it, with its prefix.</param>
internal sealed record AddedHost(string Name, string Target, RequestPolicy? Redirect, string Annotation);
