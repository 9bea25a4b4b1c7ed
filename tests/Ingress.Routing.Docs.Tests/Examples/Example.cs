using System.Text.RegularExpressions;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Docs.Tests.Examples;

/// <summary>One folder below docs/examples, with what the comments at the top of its manifest promise.</summary>
internal sealed partial class Example
{
    private Example(string folder, IReadOnlyList<string> comments)
    {
        Folder = folder;
        Promises = [.. comments.SelectMany(Promise.Parse)];
        ControllerName = Setting(comments, "controller-name");
        ResourceKinds = [.. ParseKind(Setting(comments, "resource"))];
    }

    /// <summary>The path below the root of the repository.</summary>
    public string Folder { get; }

    public IReadOnlyList<Promise> Promises { get; }

    public string? ControllerName { get; }

    public IReadOnlyList<ResourceKind> ResourceKinds { get; }

    public static IReadOnlyList<Example> All { get; } =
        [.. Directory.GetDirectories(Repository.PathTo("docs/examples")).Order(StringComparer.Ordinal).Select(Load)];

    public IngressRouteTable Compile()
        => Compile(Folder, new() { ControllerName = ControllerName, ResourceKinds = [.. ResourceKinds], AllowLoopbackDestinations = true });

    public static IngressRouteTable Compile(string folder, RouteTableOptions options)
        => IngressRouteTable.Compile(IngressManifests.Load([Repository.PathTo(folder)]).Snapshot, options);

    private static Example Load(string directory)
    {
        var name = Path.GetFileName(directory);
        var lines = File.ReadLines(Path.Combine(directory, name + ".yaml"));
        return new($"docs/examples/{name}", [.. lines.TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '))]);
    }

    private static string? Setting(IReadOnlyList<string> comments, string name)
        => comments.SingleOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..].Trim();

    private static IEnumerable<ResourceKind> ParseKind(string? setting)
    {
        if (setting is not null)
        {
            var match = KindSetting().Match(setting);
            yield return new(match.Groups["group"].Value, match.Groups["kind"].Value);
        }
    }

    [GeneratedRegex("^(?<group>[^/]+)/(?<kind>[^=]+)=")]
    private static partial Regex KindSetting();
}
