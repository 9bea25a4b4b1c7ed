namespace Ingress.Routing.Policies;

/// <summary>What is done to a header.</summary>
public enum HeaderEditKind
{
    /// <summary>It has this value, and no other.</summary>
    Set,

    /// <summary>It has this value besides those that it has.</summary>
    Add,

    /// <summary>It is taken away.</summary>
    Remove,
}
