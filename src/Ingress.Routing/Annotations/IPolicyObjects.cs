using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>The objects that annotations can refer to: of each name the one that counts.</summary>
internal interface IPolicyObjects
{
    SecretResource? FindSecret(NamespacedName name);

    ConfigMapResource? FindConfigMap(NamespacedName name);

    ServiceResource? FindService(NamespacedName name);
}
