namespace Ingress.Routing.Manifests.Tests;

/// <summary>Changes the files of a folder as people and tools do, and tells what a file system would announce.</summary>
internal sealed class RandomEdits(Random random, string folder)
{
    private static readonly string[] s_names =
        ["a.yaml", "b.yaml", "c.yml", "d.json", "notes.txt", ".hidden.yaml", "sub/a.yaml", "sub/b.yaml", "sub/deep/a.yaml", "other/a.yaml"];

    private static readonly string[] s_folders = ["sub", "sub/deep", "other", "other2", "sub.yaml"];

    private int _version;

    /// <summary>Whether files may be broken and links made, too.</summary>
    public bool MakesMistakes { get; init; } = true;

    /// <summary>Makes up to some edits.</summary>
    /// <returns>The full paths that are announced.</returns>
    public IReadOnlyCollection<string> Apply(int count)
    {
        var announced = new HashSet<string>();
        for (var i = random.Next(count) + 1; i > 0; i--)
        {
            Edit(announced);
        }

        return announced;
    }

    private void Edit(HashSet<string> announced)
    {
        var file = Path.Combine(folder, Pick(s_names));
        var directory = Path.Combine(folder, Pick(s_folders));
        switch (random.Next(12))
        {
            case < 6:
                Write(file, announced);
                break;
            case < 8:
                Delete(file, announced);
                break;
            case 8:
                Move(file, Path.Combine(folder, Pick(s_names)), announced);
                break;
            case 9:
                Move(directory, Path.Combine(folder, Pick(s_folders)), announced);
                break;
            case 10:
                Delete(directory, announced);
                break;
            case 11 when MakesMistakes:
                Link(file, Pick(s_names), announced);
                break;
        }
    }

    private void Write(string path, HashSet<string> announced)
    {
        if (Directory.Exists(path) || !MakeFolder(Path.GetDirectoryName(path)!, announced))
        {
            return;
        }

        // Written through a link would be announced where the link leads to; tools replace the link.
        if (new FileInfo(path).LinkTarget is not null)
        {
            File.Delete(path);
        }

        File.WriteAllText(path, string.Join("\n---\n", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Document())));
        announced.Add(path);
    }

    private string Document() => random.Next(MakesMistakes ? 12 : 8) switch
    {
        < 5 => Manifest.Ingress(Pick("u", "v", "w"), host: $"h{random.Next(3)}.example"),
        5 => Manifest.Ingress("new", host: $"h{_version++}.example"),
        6 => Manifest.Ingress("\"\""),
        7 => Manifest.Ingress("u", metadata: "unknown: 1"),
        8 => Manifest.Ingress("u", number: "'80'"),
        9 => "kind: Unknown\napiVersion: v1",
        10 => "",
        _ => "a: [",
    };

    private static bool MakeFolder(string path, HashSet<string> announced)
    {
        if (Directory.Exists(path))
        {
            return true;
        }

        if (File.Exists(path) || new FileInfo(path).LinkTarget is not null || !MakeFolder(Path.GetDirectoryName(path)!, announced))
        {
            return false;
        }

        Directory.CreateDirectory(path);
        announced.Add(path);
        return true;
    }

    private static void Delete(string path, HashSet<string> announced)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            File.Delete(path);
        }
        else
        {
            return;
        }

        announced.Add(path);
    }

    private static void Move(string from, string to, HashSet<string> announced)
    {
        if (from == to
            || to.StartsWith(from + "/", StringComparison.Ordinal)
            || Path.Exists(to)
            || new FileInfo(to).LinkTarget is not null
            || !Path.Exists(from)
            || !MakeFolder(Path.GetDirectoryName(to)!, announced))
        {
            return;
        }

        Directory.Move(from, to);
        announced.UnionWith([from, to]);
    }

    private static void Link(string path, string target, HashSet<string> announced)
    {
        if (!Path.Exists(path) && new FileInfo(path).LinkTarget is null && MakeFolder(Path.GetDirectoryName(path)!, announced))
        {
            File.CreateSymbolicLink(path, target);
            announced.Add(path);
        }
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
