using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

public sealed class CheckCommandTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_WithoutErrors_ExitsWith0()
    {
        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()));

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("1 Ingress, 0 errors, 0 warnings" + Environment.NewLine, result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Check_WithAnError_ExitsWith1AndSaysWhere()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop(host: "UPPER.example.com"));

        var result = await Cli.RunAsync("check", file);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"{file}:8:", result.Output, StringComparison.Ordinal);
        Assert.Contains(": error INGR004 Ingress/shop/shop spec.rules[0].host: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 Ingress, 1 error, 0 warnings", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FileIsTooLarge_IsOfNoLineAndExitsWith2()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop());
        using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(33 * 1024 * 1024);
        }

        var result = await Cli.RunAsync("check", file);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{file}: error INGR106: ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"'{file}' holds no document that can be read.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Json_HasAllMembers()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop(host: "UPPER.example.com"));

        var result = await Cli.RunAsync("check", file, "--format", "json");

        var diagnostic = Assert.Single(JsonDocument.Parse(result.Output).RootElement.EnumerateArray());
        Assert.Equal(
            ["id", "severity", "kind", "object", "field", "message", "file", "line", "column"],
            diagnostic.EnumerateObject().Select(member => member.Name));
        Assert.Equal("INGR004", diagnostic.GetProperty("id").GetString());
        Assert.Equal("error", diagnostic.GetProperty("severity").GetString());
        Assert.Equal("invalid", diagnostic.GetProperty("kind").GetString());
        Assert.Equal("Ingress/shop/shop", diagnostic.GetProperty("object").GetString());
        Assert.Equal("spec.rules[0].host", diagnostic.GetProperty("field").GetString());
        Assert.Equal(file, diagnostic.GetProperty("file").GetString());
        Assert.Equal(8, diagnostic.GetProperty("line").GetInt32());
        Assert.True(diagnostic.GetProperty("column").GetInt32() > 1);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Check_Json_WritesNullAndEmptyForWhatIsUnknown()
    {
        var result = await Cli.RunAsync("check", Path.Combine(_folder.Path, "missing.yaml"), "--format", "json");

        var diagnostic = Assert.Single(JsonDocument.Parse(result.Output).RootElement.EnumerateArray());
        Assert.Equal(JsonValueKind.Null, diagnostic.GetProperty("kind").ValueKind);
        Assert.Equal(JsonValueKind.Null, diagnostic.GetProperty("object").ValueKind);
        Assert.Equal("", diagnostic.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Check_Json_WithoutDiagnostics_IsAnEmptyArray()
    {
        var result = await Cli.RunWithInputAsync("", "check", "-", "--format", "json");

        Assert.Empty(JsonDocument.Parse(result.Output).RootElement.EnumerateArray());
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Check_NothingReadable_ExitsWith2()
    {
        var missing = await Cli.RunAsync("check", Path.Combine(_folder.Path, "missing.yaml"));
        var empty = await Cli.RunAsync("check", _folder.Path);

        Assert.Equal(2, missing.ExitCode);
        Assert.Equal(2, empty.ExitCode);
        Assert.Equal(
            $"Nothing could be read: there is no file or folder '{_folder.Path}/missing.yaml'.{Environment.NewLine}", missing.Error);
        Assert.Equal(
            $"Nothing could be read: the folder '{_folder.Path}' holds no file *.yaml, *.yml or *.json that can be read.{Environment.NewLine}",
            empty.Error);
    }

    [Theory]
    [InlineData("check", "PATH")]
    [InlineData("routes", "PATH")]
    [InlineData("match", "http://a.test/", "--manifests", "PATH")]
    [InlineData("explain", "http://a.test/", "--manifests", "PATH")]
    [InlineData("diff", "PATH", "PATH")]
    [InlineData("test", "--init", "--manifests", "PATH")]
    public async Task Any_NothingReadable_ExitsWith2AndNamesIt(params string[] args)
    {
        var broken = _folder.Write("broken.yaml", "spec: [ broken");
        foreach (var path in (string[])[broken, Path.Combine(_folder.Path, "nofolder")])
        {
            var result = await Cli.RunAsync([.. args.Select(arg => arg == "PATH" ? path : arg)]);

            Assert.Equal(2, result.ExitCode);
            Assert.Contains($"Nothing could be read: ", result.Error, StringComparison.Ordinal);
            Assert.Contains($"'{path}'", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain($"{path}:1:1: ", result.Output + result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_ManyBrokenDocuments_PrintsSomeAndCountsTheRest()
    {
        var file = _folder.Write("many.yaml", string.Concat(Enumerable.Repeat("--- [\n", 5_000)) + "---\n" + ManifestText.Shop());

        var text = await Cli.RunAsync("check", file);
        var json = await Cli.RunAsync("check", file, "--format", "json");
        var routes = await Cli.RunAsync("routes", file);

        var findings = JsonDocument.Parse(json.Output).RootElement.GetArrayLength();
        Assert.InRange(findings, 5_000, 5_100);
        Assert.InRange(text.Output.Split('\n').Length, 1_000, 2_100);
        Assert.Contains($"{findings - 1_000} more: ", text.Output, StringComparison.Ordinal);
        Assert.Equal(101, routes.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Check_OneOfTwoPathsMissing_ExitsWith1()
    {
        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()), Path.Combine(_folder.Path, "missing.yaml"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("INGR100", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Dash_ReadsStandardInput()
    {
        var result = await Cli.RunWithInputAsync(ManifestText.Shop(host: "UPPER.example.com"), "check", "-");

        Assert.StartsWith("(standard input):8:", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Check_ControllerName_LeavesOtherClassesOut()
    {
        var result = await Cli.RunAsync(
            "check", _folder.Write("shop.yaml", ManifestText.Shop()), "--controller-name", "example.com/ingress", "--format", "json");

        var ids = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().Select(diagnostic => diagnostic.GetProperty("id").GetString());
        Assert.Equal(["INGR052"], ids);
    }

    [Fact]
    public async Task Check_ControlCharacters_CannotForgeALine()
    {
        var forged = ManifestText.Shop().Replace("path: /health", "path: \"/\\n/etc:1:1: error \\e[31m\"", StringComparison.Ordinal);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", forged));

        Assert.DoesNotContain('\e', result.Output);
        Assert.DoesNotContain("\n/etc", result.Output, StringComparison.Ordinal);
    }
}
