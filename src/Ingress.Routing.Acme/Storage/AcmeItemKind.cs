namespace Ingress.Routing.Acme;

/// <summary>What is kept.</summary>
public enum AcmeItemKind
{
    /// <summary>An account at a CA, with its key.</summary>
    Account,

    /// <summary>A certificate with its chain and key.</summary>
    Certificate,

    /// <summary>An order that is not done yet, with the key for its certificate.</summary>
    Order,

    /// <summary>A challenge that waits for the CA.</summary>
    Challenge,

    /// <summary>What was ordered lately, and what has failed.</summary>
    Ledger,
}
