using Ingress.Routing.Compilation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Nginx.Migration;

/// <summary>One path of one rule.</summary>
internal sealed record MigratedRule(IngressResource Ingress, string Host, IngressPath Written)
{
    /// <summary>Its path as written, <c>/</c> when there is none.</summary>
    public string Path => RulePath.AsWritten(Written);

    /// <summary>Its type.</summary>
    public string Type => Written.PathType ?? PathTypes.ImplementationSpecific;

    /// <summary>The Service port; null when there is none.</summary>
    public string? Service => Written.Backend?.Service is { } service ? $"{Ingress.Name.Namespace}/{service.Name}:{service.Port}" : null;
}
