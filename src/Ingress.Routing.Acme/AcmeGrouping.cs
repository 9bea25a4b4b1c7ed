namespace Ingress.Routing.Acme;

/// <summary>Which names share a certificate.</summary>
public enum AcmeGrouping
{
    /// <summary>None: each name has its own, so that one that fails holds up no other.</summary>
    PerName,

    /// <summary>Those of one <c>tls</c> entry, up to 100.</summary>
    PerTlsEntry,
}
