using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Last good follows the object, not the path.</summary>
public sealed class LastGoodObjectTests : IDisposable
{
    private const string Broken = "\n---\na: [";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refresh_BrokenFileRenamed_KeepsItsObjects()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        foreach (var isAnnounced in new[] { true, false })
        {
            var catalog = new FollowedCatalog(_folder.Path);
            catalog.Refresh();
            _folder.Write("a.yaml", "{{ broken");
            catalog.Refresh();

            File.Move(_folder["a.yaml"], _folder["b.yaml"]);
            Look(catalog, isAnnounced, "a.yaml", "b.yaml");
            Assert.Equal(["INGR100", "INGR107"], Ids(catalog));
            Assert.Equal("a", Manifest.Names(catalog.Snapshot));

            // Broken otherwise, it still is the file that speaks of them.
            _folder.Write("b.yaml", "{{ broken, too");
            Look(catalog, isAnnounced, "b.yaml");
            Assert.Equal(["INGR100", "INGR107"], Ids(catalog));
            Assert.Equal("a", Manifest.Names(catalog.Snapshot));

            _folder.Write("b.yaml", Manifest.Ingress("b"));
            Look(catalog, isAnnounced, "b.yaml");
            Assert.Equal("b", Manifest.Names(catalog.Snapshot));
            Assert.Empty(catalog.Snapshot.SourceDiagnostics);
            File.Move(_folder["b.yaml"], _folder["a.yaml"]);
            _folder.Write("a.yaml", Manifest.Ingress("a"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refresh_RenamedAndBrokenAtOnce_KeepsTheObjectsItSpeaksOf(bool isAnnounced)
    {
        _folder.Write("a.yaml", Manifest.Ingress("a") + "\n---\n" + Manifest.Ingress("other"));
        var catalog = new FollowedCatalog(_folder.Path);
        catalog.Refresh();

        File.Delete(_folder["a.yaml"]);
        _folder.Write("b.yaml", Manifest.Ingress("a").Replace("rules:", "rules: [", StringComparison.Ordinal));
        Look(catalog, isAnnounced, "a.yaml", "b.yaml");

        Assert.Equal("a", Manifest.Names(catalog.Snapshot));
        Assert.Equal(["INGR100", "INGR107"], Ids(catalog));
        File.Delete(_folder["b.yaml"]);
        Look(catalog, isAnnounced, "b.yaml");
        Assert.Equal("", Manifest.Names(catalog.Snapshot));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refresh_ObjectMovedIntoABrokenFile_IsKept(bool isAnnounced)
    {
        _folder.Write("a.yaml", Manifest.Ingress("a") + "\n---\n" + Manifest.Ingress("moved"));
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        var catalog = new FollowedCatalog(_folder.Path);
        catalog.Refresh();

        _folder.Write("a.yaml", Manifest.Ingress("a"));
        _folder.Write("b.yaml", Manifest.Ingress("b") + "\n---\n" + Manifest.Ingress("moved") + Broken);
        Look(catalog, isAnnounced, "a.yaml", "b.yaml");

        Assert.Equal("a b moved", Manifest.Names(catalog.Snapshot));
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        Look(catalog, isAnnounced, "b.yaml");
        Assert.Equal("a b", Manifest.Names(catalog.Snapshot));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refresh_ObjectMovedOutOfABrokenFile_TheNewOneCounts(bool isAnnounced)
    {
        _folder.Write("b.yaml", Manifest.Ingress("web", host: "old.example"));
        var catalog = new FollowedCatalog(_folder.Path);
        catalog.Refresh();

        _folder.Write("b.yaml", "a: [");
        _folder.Write("a.yaml", Manifest.Ingress("web", host: "new.example"));
        Look(catalog, isAnnounced, "a.yaml", "b.yaml");

        Assert.Equal("new.example", Assert.Single(catalog.Snapshot.Ingresses).Rules[0].Host);
        Assert.Equal(["INGR100", "INGR107"], Ids(catalog));
    }

    [Fact]
    public void Refresh_ObjectRemovedBesideABrokenFile_IsGone()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        var catalog = new FollowedCatalog(_folder.Path);
        catalog.Refresh();

        File.Delete(_folder["a.yaml"]);
        _folder.Write("b.yaml", Manifest.Ingress("b") + Broken);
        catalog.Refresh();

        Assert.Equal("b", Manifest.Names(catalog.Snapshot));
    }

    [Theory]
    [InlineData("kind: Ingress\nmetadata:\n  name: shop\n  namespace: team\nspec: [", "Ingress/team/shop")]
    [InlineData("metadata: {name: shop}\nkind: Service\nspec: [", "Service/default/shop")]
    [InlineData("{\"kind\": \"Secret\", \"metadata\": {\"namespace\": \"team\", \"name\": \"tls\"}, \"data\": {", "Secret/team/tls")]
    [InlineData("kind: IngressClass\nmetadata:\n  name: 'public'\n  x: [", "IngressClass/public")]
    [InlineData("kind: IngressList\nitems:\n- metadata:\n    name: a\n  spec: {name: no}\n- metadata:\n    name: b\n    x: [", "Ingress/default/a Ingress/default/b")]
    [InlineData("kind: Deployment\nmetadata:\n  name: a\n  x: [", "")]
    [InlineData("a: [", "")]
    public void Guess_BrokenText_FindsWhatItIsAbout(string text, string expected)
        => Assert.Equal(expected, string.Join(' ', DocumentIdentity.Guess(text).Select(static reference => reference.ToString()).Order(StringComparer.Ordinal)));

    private void Look(FollowedCatalog catalog, bool isAnnounced, params string[] names)
    {
        if (isAnnounced)
        {
            Assert.True(catalog.TryRefresh([.. names.Select(name => _folder[name])]));
        }
        else
        {
            catalog.Refresh();
        }
    }

    private static IEnumerable<string> Ids(FollowedCatalog catalog) => catalog.Snapshot.SourceDiagnostics.Select(static diagnostic => diagnostic.Id);
}
