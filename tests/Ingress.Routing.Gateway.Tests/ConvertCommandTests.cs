namespace Ingress.Routing.Gateway.Tests;

public sealed class ConvertCommandTests : IDisposable
{
    private const string Old = """
        apiVersion: extensions/v1beta1
        kind: Ingress
        metadata:
          name: web
          annotations: { kubernetes.io/ingress.class: nginx } # of old
        spec:
          backend: { serviceName: web, servicePort: 80 }

        """;

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Convert_Result_IsAllThatStandardOutputHolds()
    {
        _folder.Write("a.yaml", Old);
        _folder.Write("b.yaml", "# kept\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n");

        var result = await Cli.RunAsync("convert", _folder.Path);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("apiVersion: networking.k8s.io/v1\nkind: Ingress\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("---\n# kept\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("INGR102 Ingress/default/web apiVersion: 'extensions/v1beta1' became 'networking.k8s.io/v1'", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 object converted. 1 comment inside is lost.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_Dash_ReadsStandardInput_AndTheResultIsClean()
    {
        var converted = await Cli.RunWithInputAsync(Old, "convert", "-", "--class-field");

        var checkedAgain = await Cli.RunWithInputAsync(converted.Output, "check", "-", "--fail-on", "info");

        Assert.Contains("ingressClassName: nginx", converted.Output, StringComparison.Ordinal);
        Assert.Equal(0, checkedAgain.ExitCode);
    }

    [Fact]
    public async Task Convert_NothingOld_SaysSo()
    {
        var result = await Cli.RunWithInputAsync(ManifestText.Shop(), "convert", "-");

        Assert.Equal((0, ManifestText.Shop()), (result.ExitCode, result.Output));
        Assert.Contains("nothing was converted", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.yaml", 2)]
    [InlineData("broken.yaml", 1)]
    public async Task Convert_WhatCannotBeRead_IsAnExitCode(string name, int expected)
    {
        _folder.Write("broken.yaml", "a: [\n");

        Assert.Equal(expected, (await Cli.RunAsync("convert", Path.Combine(_folder.Path, name))).ExitCode);
    }

    [Fact]
    public async Task Convert_EmptyFolder_ExitsWith2() => Assert.Equal(2, (await Cli.RunAsync("convert", _folder.Path)).ExitCode);
}
