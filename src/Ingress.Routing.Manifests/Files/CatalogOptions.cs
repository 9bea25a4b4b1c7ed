namespace Ingress.Routing.Manifests.Files;

/// <summary>How files are read.</summary>
internal sealed record CatalogOptions
{
    private static readonly TimeSpan s_reading = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_streaming = TimeSpan.FromSeconds(30);

    /// <summary>For a single look: every file is taken as it is.</summary>
    public static CatalogOptions Once { get; } = new();

    /// <summary>For files that are watched.</summary>
    public static CatalogOptions Watching { get; } = new()
    {
        UnfinishedFiles = new(),
        Later = new()
        {
            Reading = TimeSpan.FromMilliseconds(500),
            Streaming = TimeSpan.FromMilliseconds(500),
            Computing = TimeSpan.FromMilliseconds(500),
        },
    };

    /// <summary>Where the files are.</summary>
    public IFileSystem Disk { get; init; } = DiskFileSystem.Instance;

    /// <summary>When a changed file counts; null takes every file as it is.</summary>
    public UnfinishedFileRule? UnfinishedFiles { get; init; }

    /// <summary>How long anything is waited for at the first look; after that long a file is reported.</summary>
    public Patience First { get; init; } = new() { Reading = s_reading, Streaming = s_streaming };

    /// <summary>How long anything is waited for later, when others are being served meanwhile; null for as long as at first.</summary>
    public Patience? Later { get; init; }
}
