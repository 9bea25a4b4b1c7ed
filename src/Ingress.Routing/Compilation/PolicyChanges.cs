using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The Ingresses that stay as they are and ask for something else, because something that they refer to has changed.</summary>
internal sealed class PolicyChanges
{
    /// <summary>Those that ask for something else for their routes.</summary>
    public List<IngressResource> Changed { get; } = [];

    /// <summary>Those whose policies for hosts were made anew.</summary>
    public List<IngressResource> OfHosts { get; } = [];
}
