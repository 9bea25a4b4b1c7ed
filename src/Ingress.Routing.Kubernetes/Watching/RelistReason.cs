namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Why a kind is listed from the beginning.</summary>
internal enum RelistReason
{
    /// <summary>Nothing is known yet.</summary>
    First,

    /// <summary>The server no longer has the history since our version (410).</summary>
    Expired,

    /// <summary>The server is behind us: it was restored from a backup.</summary>
    Restored,

    /// <summary>What came in a watch could not be understood, again and again.</summary>
    Unreadable,
}
