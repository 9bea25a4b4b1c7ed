using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Reads and compiles the manifests of a command that answers once.</summary>
/// <param name="Table">The table they make.</param>
/// <param name="FilesRead">How many files could be read; none when there is no document among them that could.</param>
internal sealed record ManifestInput(IngressRouteTable Table, int FilesRead)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>How locations name standard input.</summary>
    public const string StandardInputName = "(standard input)";

    /// <summary>What is said when no file could be read: each path, and why there was nothing to read.</summary>
    public string NothingRead => PrintableText.Escape(UnreadInput.Describe(Paths));

    /// <summary>What standard input held; null when it was not read.</summary>
    public string? StandardInputText { get; private init; }

    /// <summary>Folders with manifests that were passed over because their names begin with a dot; only looked for when nothing was read.</summary>
    public IReadOnlyList<string> HiddenFolders { get; private init; } = [];

    private IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Reads and compiles.</summary>
    /// <param name="paths">Files and folders, or <see cref="StandardInput"/>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="options">What the command line says about the table of these manifests.</param>
    /// <exception cref="SettingsException">The settings for all Ingresses cannot be used.</exception>
    public static ManifestInput Read(IReadOnlyList<string> paths, TextReader input, Func<ClusterSnapshot, RouteTableOptions> options)
    {
        var files = IngressManifests.Load(paths.Where(path => path != StandardInput));
        var text = paths.Contains(StandardInput) ? input.ReadToEnd() : null;
        if (text is not null)
        {
            files = Join(files, IngressManifests.Parse(text, StandardInputName));
        }

        files = UnreadInput.Discount(files);
        return new(Compile(files.Snapshot, LikeRun), files.FilesRead)
        {
            StandardInputText = text,
            Paths = paths,
            HiddenFolders = files.FilesRead == 0 ? HiddenFolder.In(paths) : [],
        };

        // As 'run' does, so that both say the same of a file.
        RouteTableOptions LikeRun(ClusterSnapshot snapshot) => options(snapshot) with { AllowLoopbackDestinations = true };
    }

    /// <summary>Compiles what was read from somewhere else.</summary>
    /// <param name="snapshot">It.</param>
    /// <param name="options">What the command line says about the table.</param>
    public static ManifestInput Of(ClusterSnapshot snapshot, Func<ClusterSnapshot, RouteTableOptions> options) => new(Compile(snapshot, options), FilesRead: 1);

    /// <summary>Reports the errors, for a command whose result is something else.</summary>
    /// <param name="error">Standard error.</param>
    /// <returns>Whether anything could be read.</returns>
    public bool ReportErrors(TextWriter error)
    {
        var errors = Table.Diagnostics.Where(diagnostic => diagnostic.Severity == IngressDiagnosticSeverity.Error);
        DiagnosticPrinter.WriteSome([.. errors], error);
        if (FilesRead == 0)
        {
            ReportNothingRead(error);
        }

        return FilesRead > 0;
    }

    /// <summary>Says that nothing could be read, and what was passed over for its name.</summary>
    public void ReportNothingRead(TextWriter error)
    {
        error.WriteLine(NothingRead);
        if (HiddenFolders.Count > 0)
        {
            error.WriteLine(PrintableText.Escape(
                $"Names that begin with a dot are passed over: {ListText.Of(HiddenFolders)}. Name such a folder itself to have it read."));
        }
    }

    private static IngressRouteTable Compile(ClusterSnapshot snapshot, Func<ClusterSnapshot, RouteTableOptions> options)
        => IngressRouteTable.Compile(snapshot, options(snapshot) with { CertificatesEvaluatedAt = TimeProvider.System.GetUtcNow() });

    private static ManifestResult Join(ManifestResult first, ManifestResult second) => new()
    {
        FilesRead = first.FilesRead + second.FilesRead,
        Snapshot = new ClusterSnapshot
        {
            Ingresses = [.. first.Snapshot.Ingresses, .. second.Snapshot.Ingresses],
            IngressClasses = [.. first.Snapshot.IngressClasses, .. second.Snapshot.IngressClasses],
            Services = [.. first.Snapshot.Services, .. second.Snapshot.Services],
            EndpointSlices = [.. first.Snapshot.EndpointSlices, .. second.Snapshot.EndpointSlices],
            Endpoints = [.. first.Snapshot.Endpoints, .. second.Snapshot.Endpoints],
            Secrets = [.. first.Snapshot.Secrets, .. second.Snapshot.Secrets],
            ConfigMaps = [.. first.Snapshot.ConfigMaps, .. second.Snapshot.ConfigMaps],
            SourceDiagnostics = [.. first.Snapshot.SourceDiagnostics, .. second.Snapshot.SourceDiagnostics],
        },
    };
}
