namespace Ingress.Routing;

/// <summary>What became of verifying a client certificate.</summary>
public enum ClientCertificateOutcome
{
    /// <summary>The client presented none, or was not asked for one.</summary>
    None,

    /// <summary>An authority that the policy trusts vouches for it.</summary>
    Verified,

    /// <summary>It cannot be trusted.</summary>
    Failed,
}
