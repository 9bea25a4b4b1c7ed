using System.CommandLine;
using System.CommandLine.Parsing;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Where a command that answers once reads from: files, or with <c>--kubernetes</c> a cluster.</summary>
/// <param name="asksForPermissions">Whether the command tells which permissions are missing.</param>
internal sealed class InputOptions(bool asksForPermissions = false)
{
    private readonly ClusterOptions _cluster = new(reads: true);

    /// <summary>Adds the options to a command that takes its files as an option.</summary>
    public void AddTo(Command command, Option<string[]> manifests)
    {
        AddOptions(command);
        manifests.Required = false; // unless there is no cluster
        command.Validators.Add(result =>
        {
            _cluster.Validate(result, manifests);
            if (_cluster.IsGiven(result) && result.GetResult(manifests) is { } given && given.Tokens.Any(static token => !token.Value.Contains("://", StringComparison.Ordinal)))
            {
                result.AddError("--kubernetes reads the cluster, and --manifests files: give one of them.");
            }
        });
    }

    /// <summary>Adds the options to a command that takes its files as arguments.</summary>
    public void AddTo(Command command, Argument<string[]> paths)
    {
        AddOptions(command);
        paths.Arity = ArgumentArity.ZeroOrMore;
        command.Validators.Add(result =>
        {
            var given = result.GetResult(paths)?.Tokens.Count ?? 0;
            Validate(result, given == 0, given > 0, "--kubernetes reads the cluster: name no files.");
        });
    }

    /// <summary>Adds the options to a command that compares two sides.</summary>
    public void AddTo(Command command, Argument<string> old, Argument<string> @new)
    {
        AddOptions(command);
        command.Validators.Add(result => Validate(
            result,
            result.GetResult(old) is not { Tokens.Count: > 0 } || result.GetResult(@new) is not { Tokens.Count: > 0 },
            result.GetResult(@new) is { Tokens.Count: > 0 },
            "With --kubernetes the cluster is OLD: name NEW alone."));
    }

    /// <summary>Whether a cluster is read.</summary>
    public bool IsCluster(ParseResult parsed) => _cluster.IsGiven(parsed);

    /// <summary>Reads and compiles.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="paths">The files that it names.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="options">What the command line says about the table.</param>
    /// <exception cref="SettingsException">The cluster cannot be read, or the settings for all Ingresses cannot be used.</exception>
    public ManifestInput Read(ParseResult parsed, IReadOnlyList<string>? paths, TextReader input, Func<ClusterSnapshot, RouteTableOptions> options)
    {
        if (!IsCluster(parsed))
        {
            return ManifestInput.Read(paths ?? [], input, options);
        }

        var wanted = OptionsOf(parsed, options);
        return ManifestInput.Of(ReadCluster(parsed, wanted), wanted);
    }

    /// <summary>Reads a cluster, and what it would be with the Ingresses of some files in the place of its own.</summary>
    /// <remarks>
    /// Files hold what people write. What a cluster makes of it (endpoints, certificates), and whatever else the files do not have, is that of
    /// the cluster on both sides.
    /// </remarks>
    public ManifestInput[] ReadBoth(ParseResult parsed, string path, TextReader input, Func<ClusterSnapshot, RouteTableOptions> options)
    {
        var files = ManifestInput.Read([path], input, options);
        if (files.FilesRead == 0)
        {
            return [files, files];
        }

        var wanted = OptionsOf(parsed, options);
        var cluster = ReadCluster(parsed, wanted);
        var given = files.Table.Snapshot;
        var next = cluster.Apply(new()
        {
            Removed = [.. cluster.Ingresses.Select(static ingress => ingress.Reference)],
            Upserted = [.. given.Ingresses, .. given.IngressClasses, .. given.Services, .. given.EndpointSlices, .. given.Secrets, .. given.ConfigMaps],
        });
        return [ManifestInput.Of(cluster, wanted), ManifestInput.Of(next with { SourceDiagnostics = given.SourceDiagnostics }, wanted)];
    }

    private void AddOptions(Command command)
    {
        foreach (var option in asksForPermissions ? _cluster.All.Append(_cluster.ElectionId) : _cluster.All)
        {
            command.Options.Add(option);
        }
    }

    private void Validate(CommandResult result, bool isPathMissing, bool isPathTooMuch, string tooMuch)
    {
        if (_cluster.IsGiven(result) ? isPathTooMuch : isPathMissing)
        {
            result.AddError(_cluster.IsGiven(result) ? tooMuch : $"Required argument missing for command: '{result.Command.Name}'.");
        }

        _cluster.Validate(result);
    }

    private Func<ClusterSnapshot, RouteTableOptions> OptionsOf(ParseResult parsed, Func<ClusterSnapshot, RouteTableOptions> options)
        => snapshot => options(snapshot) with { AllowLoopbackDestinations = _cluster.AllowsLoopback(parsed) };

    private ClusterSnapshot ReadCluster(ParseResult parsed, Func<ClusterSnapshot, RouteTableOptions> options)
    {
        var error = parsed.InvocationConfiguration.Error;
        using var progress = ProgressLine.Start("Reading the cluster", error);
        return ClusterInput.ReadAsync(_cluster.Read(parsed)!, options, asksForPermissions, error).GetAwaiter().GetResult();
    }
}
