namespace Ingress.Routing;

/// <summary>What a TLS server does about client certificates.</summary>
public enum ClientCertificateMode
{
    /// <summary>It asks for none.</summary>
    None,

    /// <summary>It asks for one and goes on without, but refuses one that cannot be verified.</summary>
    Optional,

    /// <summary>It refuses clients without a verified one.</summary>
    Require,

    /// <summary>It asks for one and refuses no client: whether it was verified is for the backend to look at.</summary>
    Report,
}
