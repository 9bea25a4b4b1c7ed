using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>ConfigMaps: what is kept of them, and that nothing is said of those that nobody refers to.</summary>
public sealed class ConfigMapTests
{
    private static ManifestResult Read(string fields) => Manifest.Read($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: pages, namespace: shop}}\n{fields}\n");

    [Fact]
    public void Parse_ConfigMap_HasItsTextsAndItsBytes()
    {
        var result = Read("data: {a.conf: 'x: 1', empty: ''}\nbinaryData: {logo: AAE=}");

        Assert.Empty(result.Diagnostics);
        var configMap = Assert.Single(result.Snapshot.ConfigMaps);
        Assert.Equal(("x: 1", ""), (configMap.Data["a.conf"], configMap.Data["empty"]));
        Assert.Equal([0, 1], configMap.BinaryData["logo"].ToArray());
        Assert.Equal(new ResourceReference("ConfigMap", "shop", "pages"), configMap.Reference);
        Assert.Equal("ConfigMap/shop/pages", configMap.ToString());
    }

    [Theory]
    [InlineData("data: {a: 1}")]
    [InlineData("data: {'a b': x}")]
    [InlineData("data: {a: x}\nbinaryData: {a: AAE=}")]
    [InlineData("binaryData: {a: '*'}")]
    [InlineData("data: [a]")]
    public void Parse_ConfigMapThatIsRefused_IsNotReadAndNotReported(string fields)
    {
        var result = Read(fields);

        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.Snapshot.ConfigMaps);
    }

    [Fact]
    public void Parse_ConfigMapWithATemplate_IsRead()
        => Assert.Equal("{{ .Labels }} ${HOME}", Assert.Single(Read("data: {alert.tmpl: '{{ .Labels }} ${HOME}'}").Snapshot.ConfigMaps).Data["alert.tmpl"]);

    [Fact]
    public void Parse_ConfigMapList_IsReadItemByItem()
    {
        var result = Manifest.Read("apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n");

        Assert.Empty(result.Diagnostics);
        Assert.Equal(["a", "b"], result.Snapshot.ConfigMaps.Select(static item => item.Name.Name));
    }
}
