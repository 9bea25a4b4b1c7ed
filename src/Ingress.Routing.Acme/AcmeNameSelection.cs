namespace Ingress.Routing.Acme;

/// <summary>Which routed names are ordered for.</summary>
public enum AcmeNameSelection
{
    /// <summary>Those that a <c>tls</c> entry lists and no certificate of a Secret covers. Ingresses that ask cert-manager are left to it.</summary>
    EntriesWithoutSecret,

    /// <summary>All hosts of rules that no certificate of a Secret covers, whether a <c>tls</c> entry lists them or not.</summary>
    AllRouted,
}
