namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>What kind of failure a request met.</summary>
internal enum Failure
{
    /// <summary>The history since our version is gone, or our version is not there yet.</summary>
    VersionGone,

    /// <summary>The server finds something wrong with the question, of which only the version is not fixed.</summary>
    VersionRefused,

    Unauthorized,

    Forbidden,

    /// <summary>The server does not know the kind.</summary>
    Missing,

    /// <summary>The server is overloaded, or has another trouble.</summary>
    Server,

    /// <summary>We have no credentials.</summary>
    Credentials,

    /// <summary>The answer is not what it should be.</summary>
    Unreadable,

    /// <summary>The connection was not made, broke, or is silent.</summary>
    Connection,

    /// <summary>A mistake of our own.</summary>
    Defect,
}
