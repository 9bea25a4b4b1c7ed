using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>No objects, for what must not depend on any.</summary>
internal sealed class NoPolicyObjects : IPolicyObjects
{
    public static readonly NoPolicyObjects Instance = new();

    public SecretResource? FindSecret(NamespacedName name) => null;

    public ConfigMapResource? FindConfigMap(NamespacedName name) => null;

    public ServiceResource? FindService(NamespacedName name) => null;
}
