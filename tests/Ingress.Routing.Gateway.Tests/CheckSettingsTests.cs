using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

public sealed class CheckSettingsTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    [InlineData("info", 1)]
    [InlineData("never", 0)]
    public async Task Check_FailOn_SetsTheThreshold(string failOn, int expected)
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop());
        var settings = _folder.Write("settings.json", $$"""{ "failOn": "{{failOn}}" }""");

        Assert.Equal(expected, (await Cli.RunAsync("check", file, "--strict", "--fail-on", failOn)).ExitCode);
        Assert.Equal(expected, (await Cli.RunAsync("check", file, "--strict", "--config", settings)).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync("check", file, "--config", settings, "--fail-on", "error")).ExitCode);
    }

    [Fact]
    public async Task Check_Never_ForgivesErrors()
        => Assert.Equal(0, (await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop(host: "UPPER")), "--fail-on", "never")).ExitCode);

    [Theory]
    [InlineData("INGR090", "Ingress/shop/shop", 0)]
    [InlineData("INGR090", "Ingress/shop/*", 0)]
    [InlineData("*", "*/shop/*", 0)]
    [InlineData("INGR090", "Ingress/other/*", 2)]
    [InlineData("INGR091", "*", 2)]
    public async Task Check_Ignore_LeavesFindingsOutByIdAndObject(string id, string objects, int warnings)
    {
        var settings = _folder.Write("settings.json", $$"""
            {
              // Looked at in March.
              "ignore": [ { "id": "{{id}}", "object": "{{objects}}", "reason": "The Services are elsewhere." }, ],
            }
            """);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()), "--strict", "--config", settings);

        var ignored = warnings == 0 ? ", 2 ignored" : "";
        Assert.EndsWith($"1 Ingress, 0 errors, {warnings} warnings{ignored}{Environment.NewLine}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "ignored": [] }""", "ignored")]
    [InlineData("""{ "failOn": "warnings" }""", "failOn")]
    [InlineData("""{ "failOn": 1 }""", "failOn")]
    [InlineData("""{ "ignore": [ { "object": "x" } ] }""", "id")]
    [InlineData("""{ "ignore": [ null ] }""", "null")]
    [InlineData("""{ "certificateNoticeDays": -1 }""", "certificateNoticeDays")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    public async Task Check_BrokenSettings_ExitsWith2AndSaysWhy(string text, string named)
    {
        var settings = _folder.Write("settings.json", text);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()), "--config", settings);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"The settings in '{settings}' cannot be used: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 2)]
    [InlineData("""{ "ignore": null }""", 2)]
    [InlineData("""{ "ignore": [ { "id": "INGR090" } ] }""", 0)]
    public async Task Check_WhatIsLeftOut_HasItsDefault(string text, int warnings)
    {
        var settings = _folder.Write("settings.json", text);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()), "--strict", "--config", settings, "--format", "json");

        Assert.Equal(warnings, JsonDocument.Parse(result.Output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Check_MissingSettings_ExitsWith2()
    {
        var missing = Path.Combine(_folder.Path, "none.json");

        Assert.Equal(2, (await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()), "--config", missing)).ExitCode);
    }

    [Theory]
    [InlineData("{\n  \"failon\": \"warning\"\n}", "line 2, column 3: There is no setting 'failon'. Did you mean 'failOn'?")]
    [InlineData("{ \"nothing\": 1 }", "line 1, column 3: There is no setting 'nothing'. It may have 'failOn', ")]
    [InlineData("{ \"failOn\": \"warnings\" }", "line 1, column 13: 'failOn' is \"warnings\", and must be one of \"error\", \"warning\", \"info\", \"never\". Did you mean \"warning\"?")]
    [InlineData("{ \"failOn\": 1 }", "line 1, column 13: 'failOn' is 1, and must be one of")]
    [InlineData("{ \"failOn\": null }", "line 1, column 13: 'failOn' is null, and must be")]
    [InlineData("{ \"certificateNoticeDays\": 1.5 }", "line 1, column 28: 'certificateNoticeDays' is 1.5, and must be a whole number.")]
    [InlineData("{ \"certificateNoticeDays\": \"21\" }", "line 1, column 28: 'certificateNoticeDays' is \"21\", and must be a whole number.")]
    [InlineData("{ \"ignore\": {} }", "line 1, column 13: 'ignore' is an object, and must be a list")]
    [InlineData("{ \"ignore\": [ 1 ] }", "line 1, column 15: An item of 'ignore' is 1, and must be an object")]
    [InlineData("{ \"ignore\": [ { \"Id\": \"*\" } ] }", "line 1, column 17: There is no member 'Id' in an item of 'ignore'. Did you mean 'id'?")]
    [InlineData("{ \"ignore\": [ { \"object\": \"x\" } ] }", "line 1, column 15: The member 'id' is missing in an item of 'ignore'.")]
    [InlineData("{ \"failOn\": \"info\", \"failOn\": \"never\" }", "line 1, column 21: 'failOn' is given twice.")]
    [InlineData("[]", "line 1, column 1: The file is a list, and must be an object")]
    [InlineData("null", "line 1, column 1: The file is null, and must be an object")]
    [InlineData("", "line 1, column 1: The file is empty.")]
    [InlineData("{ \"ümläut\": 1 } x", "line 1, column 3: There is no setting 'ümläut'.")]
    [InlineData("{ \"failOn\": \"info\" } x", "line 1, column 22: This is not JSON: ")]
    [InlineData("{\n  \"failOn\" \"info\" }", "line 2, column 12: This is not JSON: ")]
    [InlineData("{ 'failOn': 1 }", "line 1, column 3: This is not JSON: ")]
    [InlineData("{ \"failOn\": ", "This is not JSON: ")]
    public async Task Check_WrongSettings_NamesFileLineMemberAndWhatIsAllowed(string text, string expected)
    {
        var settings = _folder.Write("settings.json", text);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()), "--config", settings);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"The settings in '{settings}' cannot be used: line ", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Ingress.Routing", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePosition", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Check_Lint_IsPartOfTheFindings()
    {
        const string Annotations = "  annotations: { nginx.ingress.kubernetes.io/ssl-redirct: \"true\" }";
        var text = ManifestText.Shop().Replace("  name: shop", $"  name: shop\n{Annotations}", StringComparison.Ordinal);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", text), "--format", "json");

        var finding = Assert.Single(
            JsonDocument.Parse(result.Output).RootElement.EnumerateArray(), finding => finding.GetProperty("id").GetString() == "INGR120");
        Assert.Equal(5, finding.GetProperty("line").GetInt32());
        Assert.Contains("Did you mean 'ssl-redirect'?", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Text_ShowsTheLineWithACaret()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop(host: "UPPER.example.com"));

        var lines = (await Cli.RunAsync("check", file)).Output.Split('\n');

        Assert.StartsWith($"{file}:8:11: error INGR004", lines[0], StringComparison.Ordinal);
        Assert.Equal(["    8 |   - host: UPPER.example.com", "      |           ^^^^^^^^^^^^^^^^^", "", "1 Ingress, 1 error, 0 warnings"], lines[1..5]);
    }

    // A document on one line may hold anything beside what the finding is about.
    [Fact]
    public async Task Check_LongLine_IsNotShown()
    {
        var json = $$$"""
            {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"shop","labels":{"filler":"{{{new string('x', 400)}}}"}},
            "spec":{"rules":[{"host":"UPPER.example.com"}]}}
            """.Replace("\n", "", StringComparison.Ordinal);

        var result = await Cli.RunAsync("check", _folder.Write("shop.json", json));

        Assert.Contains("INGR004", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("filler", result.Output, StringComparison.Ordinal);
    }
}
