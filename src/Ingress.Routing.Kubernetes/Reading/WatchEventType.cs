namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>What an event of a watch says.</summary>
internal enum WatchEventType
{
    /// <summary>A type that did not exist when this was written; it is passed over.</summary>
    Unknown,

    Added,

    Modified,

    Deleted,

    /// <summary>Only a version: everything up to it was sent.</summary>
    Bookmark,

    Error,
}
