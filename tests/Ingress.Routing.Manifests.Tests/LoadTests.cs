using System.Text;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Files and folders.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_Folder_ReadsManifestsBelowItOnly()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        _folder.Write("sub/deep/b.YML", Manifest.Ingress("b"));
        _folder.Write("sub/c.Json", "{\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"Ingress\", \"metadata\": {\"name\": \"c\"}}");
        _folder.Write("sub/d.txt", Manifest.Ingress("d"));
        _folder.Write(".hidden.yaml", Manifest.Ingress("e"));
        _folder.Write(".git/f.yaml", Manifest.Ingress("f"));

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(("a b c", 3), (Manifest.Names(result.Snapshot), result.FilesRead));
    }

    [Fact]
    public void Load_NamedFile_IsReadWhateverItsName()
    {
        var text = _folder.Write("d.txt", Manifest.Ingress("d"));
        var hidden = _folder.Write(".e", Manifest.Ingress("e"));

        Assert.Equal("d e", Manifest.Names(IngressManifests.Load([text, hidden]).Snapshot));
    }

    [Fact]
    public void Load_PathsThatOverlap_ReadEachFileOnce()
    {
        var file = _folder.Write("sub/a.yaml", Manifest.Ingress("a"));

        var result = IngressManifests.Load([_folder.Path, file, _folder["sub"] + "/", _folder["sub/../sub"]]);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(1, result.FilesRead);
    }

    [Fact]
    public void Load_MissingPath_IsReportedAndCostsNothingElse()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        var missing = _folder["nowhere"];

        var result = IngressManifests.Load([missing, _folder.Path, ""]);

        Assert.Equal("a", Manifest.Names(result.Snapshot));
        Assert.Equal(["INGR100", "INGR100"], result.Diagnostics.Select(static diagnostic => diagnostic.Id));
        Assert.Equal(new SourceLocation(missing, 1, 1), result.Diagnostics[0].Location);
        Assert.Equal(IngressDiagnosticSeverity.Error, result.Diagnostics[0].Severity);
        Assert.Equal(1, result.FilesRead);
    }

    [Fact]
    public void Load_NothingReadable_ReadsNoFiles()
        => Assert.Equal(0, IngressManifests.Load([_folder["a\0b"], _folder["missing"]]).FilesRead);

    [Fact]
    public void Load_Location_IsThePathAsTheUserNamedIt()
    {
        _folder.Write("sub/a.yaml", "x");
        var named = Path.Combine(_folder.Path, "sub", "..", "sub");

        Assert.Equal(Path.Combine(named, "a.yaml"), Assert.Single(IngressManifests.Load([named]).Diagnostics).Location!.Value.File);
    }

    [Fact]
    public void Load_SameObjectTwice_LaterOneCounts()
    {
        var first = _folder.Write("a.yaml", "\n" + Manifest.Ingress("web", host: "first.example"));
        var second = _folder.Write("b.yaml", Manifest.Ingress("web", host: "second.example", metadata: "namespace: default"));

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Equal("second.example", Assert.Single(result.Snapshot.Ingresses).Rules[0].Host);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR035", IngressDiagnosticSeverity.Warning, FieldErrorKind.Duplicate), (diagnostic.Id, diagnostic.Severity, diagnostic.FieldError));
        Assert.Equal(new SourceLocation(second, 4, 9), diagnostic.Location);
        Assert.Contains($"{first}:5:9", diagnostic.Message, StringComparison.Ordinal);

        Assert.Equal("first.example", Assert.Single(IngressManifests.Load([second, first]).Snapshot.Ingresses).Rules[0].Host);
    }

    [Fact]
    public void Load_SameNameInAnotherNamespaceOrKind_IsAnotherObject()
    {
        _folder.Write("a.yaml", $"""
            {Manifest.Ingress("web")}
            ---
            {Manifest.Ingress("web", metadata: "namespace: other")}
            ---
            {Manifest.Ingress("\"\"")}
            ---
            {Manifest.Ingress("\"\"")}
            ---
            apiVersion: v1
            kind: Service
            metadata: {"{name: web}"}
            """);

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Empty(result.Diagnostics);
        Assert.Equal((4, 1), (result.Snapshot.Ingresses.Count, result.Snapshot.Services.Count));
    }

    [Fact]
    public void Load_Order_IsOrdinalByPath()
    {
        foreach (var name in new[] { "B.yaml", "a.yaml", "a/x.yaml", "a-b.yaml" })
        {
            _folder.Write(name, Manifest.Ingress("web", host: $"'{name}'"));
        }

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Equal("a/x.yaml", Assert.Single(result.Snapshot.Ingresses).Rules[0].Host);
        Assert.Equal(
            ["a-b.yaml", "a.yaml", "x.yaml"], result.Diagnostics.Select(static diagnostic => Path.GetFileName(diagnostic.Location!.Value.File)));
    }

    [Fact]
    public void Load_InvalidUtf8_CostsOnlyItsDocument()
    {
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(Manifest.Ingress("a", host: "\u00fcnicode") + "\n---\n# caf"), 0xE9, .. "\na: b\n---\n"u8,
            .. Encoding.UTF8.GetBytes(Manifest.Ingress("b")), .. "\n---\na: b"u8, 0xC3,
        ];
        File.WriteAllBytes(_folder["a.yaml"], bytes);

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Equal("a b", Manifest.Names(result.Snapshot));
        Assert.Equal("\u00fcnicode", result.Snapshot.Ingresses.Single(static ingress => ingress.Metadata.Name == "a").Rules[0].Host);
        Assert.Equal([("INGR100", 20, 6), ("INGR100", 42, 5)], result.Diagnostics.Select(
            static diagnostic => (diagnostic.Id, diagnostic.Location!.Value.Line, diagnostic.Location!.Value.Column)));
    }

    [Fact]
    public void Load_ByteOrderMarkAndOtherEncodings_AreTakenOrRefused()
    {
        File.WriteAllText(_folder["utf8.yaml"], Manifest.Ingress("a"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(_folder["utf16.yaml"], Manifest.Ingress("b"), Encoding.Unicode);

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Equal("a b", Manifest.Names(result.Snapshot));
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void Load_MountedConfigMap_ReadsEachFileOnce()
    {
        _folder.Write("..2026_01_31/a.yaml", Manifest.Ingress("a"));
        Directory.CreateSymbolicLink(_folder["..data"], "..2026_01_31");
        File.CreateSymbolicLink(_folder["a.yaml"], "..data/a.yaml");

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(("a", 1), (Manifest.Names(result.Snapshot), result.FilesRead));
    }

    [Fact]
    public void Load_LinksInCircles_End()
    {
        _folder.Write("sub/a.yaml", Manifest.Ingress("a"));
        Directory.CreateSymbolicLink(_folder["sub/up"], "..");
        Directory.CreateSymbolicLink(_folder["sub/self"], ".");
        Directory.CreateSymbolicLink(_folder["other"], "sub/up/sub");
        File.CreateSymbolicLink(_folder["circle.yaml"], "circle.yaml");
        File.CreateSymbolicLink(_folder["dangling.yaml"], "nowhere.yaml");

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Equal("a", Manifest.Names(result.Snapshot));
        Assert.Equal(
            ["circle.yaml", "dangling.yaml"],
            result.Diagnostics.Where(static diagnostic => diagnostic.Id == "INGR100")
                .Select(static diagnostic => Path.GetFileName(diagnostic.Location!.Value.File)));
    }

    [Fact]
    public void Load_TenThousandIngresses_TakesSeconds()
    {
        for (var file = 0; file < 100; file++)
        {
            var documents = Enumerable.Range(0, 100).Select(i => Manifest.Ingress($"web-{file}-{i}", host: $"h{i}.example"));
            _folder.Write($"{file}.yaml", string.Join("\n---\n", documents));
        }

        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var result = IngressManifests.Load([_folder.Path]);
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;

        Assert.Empty(result.Diagnostics);
        Assert.Equal(10_000, result.Snapshot.Ingresses.Count);
        Assert.InRange(seconds, 0, 30);
    }
}
