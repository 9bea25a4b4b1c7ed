namespace Ingress.Routing.Manifests.Files;

/// <summary>How long a single file or folder may hold up everything else.</summary>
internal sealed record Patience
{
    /// <summary>While the file system has not answered.</summary>
    public required TimeSpan Reading { get; init; }

    /// <summary>While a pipe that was named has not been read to its end.</summary>
    public required TimeSpan Streaming { get; init; }

    /// <summary>While what was read is being worked on, which ends for certain; null waits for that.</summary>
    public TimeSpan? Computing { get; init; }

    public TimeSpan LimitOf(WorkPhase phase) => phase switch
    {
        WorkPhase.Computing => Computing ?? TimeSpan.MaxValue,
        WorkPhase.Streaming => Streaming,
        _ => Reading,
    };
}
