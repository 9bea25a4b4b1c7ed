using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>What a document may cost.</summary>
public sealed class LimitTests
{
    [Fact]
    public void Parse_BillionLaughs_IsOneDiagnosticAndCostsLittle()
    {
        var text = new StringBuilder("apiVersion: v1\nkind: Service\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 30; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Manifest.Read(text + "---\n" + Manifest.Ingress("other"));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(["INGR106"], result.Diagnostics.Select(static diagnostic => diagnostic.Id));
        Assert.Equal("other", Manifest.Names(result.Snapshot));
        Assert.InRange(allocated, 0, 20_000_000);
    }

    [Fact]
    public void Parse_MergeBomb_IsOneDiagnostic()
    {
        var text = new StringBuilder("a0: &a0 {").AppendJoin(", ", Enumerable.Range(0, 100).Select(static i => $"k{i}: v")).Append("}\n");
        for (var i = 1; i < 2000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} {{<<: *a{i - 1}, x{i}: y}}\n");
        }

        Assert.Equal("INGR106", Manifest.ReadDiagnostic(text.ToString()).Id);
    }

    [Fact]
    public void Parse_AliasesWithinTheLimit_AreAccepted()
    {
        var text = new StringBuilder(Manifest.Ingress(metadata: "labels: &labels {a: b}")).Append("\n---\napiVersion: v1\nkind: List\nitems:\n");
        text.Append("- &item {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {generateName: a}, spec: {rules: [{host: a.example}]}}\n");
        for (var i = 0; i < 5000; i++)
        {
            text.Append("- *item\n");
        }

        var result = Manifest.Read(text.ToString());

        Assert.Empty(result.Diagnostics);
        Assert.Equal(5002, result.Snapshot.Ingresses.Count);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Parse_DeepFlow_IsOneDiagnosticAndNoStackOverflow(char open, char close)
    {
        foreach (var depth in new[] { 100, 10_000, 1_000_000 })
        {
            var text = "a: " + string.Concat(Enumerable.Repeat(open == '{' ? "{a: " : "[", depth));

            foreach (var variant in new[] { text, text + new string(close, depth) })
            {
                Assert.Equal("INGR106", Manifest.ReadDiagnostic(variant).Id);
            }
        }
    }

    [Fact]
    public void Parse_DeepJson_IsOneDiagnostic()
    {
        foreach (var depth in new[] { 64, 65, 66, 10_000 })
        {
            var text = "{\"a\": " + string.Concat(Enumerable.Repeat("[", depth)) + new string(']', depth) + "}";

            Assert.Equal("INGR106", Assert.Single(IngressManifests.Parse(text, "m.json").Diagnostics).Id);
        }
    }

    [Fact]
    public void Parse_DeepBlocks_AreOneDiagnostic()
    {
        var sequences = string.Concat(Enumerable.Repeat("- ", 10_000)) + "a\n";
        var mappings = string.Concat(Enumerable.Range(0, 1000).Select(static depth => new string(' ', depth) + "a:\n"));

        Assert.Equal("INGR106", Manifest.ReadDiagnostic(sequences).Id);
        Assert.Equal("INGR106", Manifest.ReadDiagnostic(mappings).Id);
    }

    [Fact]
    public void Parse_DepthThroughAliases_Counts()
    {
        var text = new StringBuilder("a0: &a0 x\n");
        for (var i = 1; i < 20; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [[[[[*a{i - 1}]]]]]\n");
        }

        Assert.Equal("INGR106", Manifest.ReadDiagnostic(text.ToString()).Id);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(70, "INGR106")]
    public void Parse_DepthAroundTheLimit_IsTakenOrReported(int depth, string? expected)
    {
        var text = Manifest.Ingress(spec: "x: " + new string('[', depth) + new string(']', depth));

        Assert.Equal(expected ?? "INGR104", Manifest.ReadDiagnostic(text).Id);
    }

    [Theory]
    [InlineData("[", "a,", "]")]
    [InlineData("", "- a\n", "")]
    [InlineData("{\"a\":[", "1,", "1]}")]
    public void Parse_MoreNodesThanADocumentMayHold_IsOneDiagnosticAndStopsThere(string begin, string item, string end)
    {
        var text = begin + string.Concat(Enumerable.Repeat(item, ManifestLimits.DocumentNodes)) + end;

        var result = IngressManifests.Parse(text + "\n---\n" + Manifest.Ingress("other"), "m.yaml");

        Assert.Contains("INGR106", result.Diagnostics.Select(static diagnostic => diagnostic.Id));
        Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Id == "INGR100");
        Assert.Equal("other", Manifest.Names(result.Snapshot));
    }

    [Fact]
    public void Load_TooLargeFile_IsOneDiagnostic()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ok.yaml", Manifest.Ingress());
        using (var file = File.Create(folder["large.yaml"]))
        {
            file.SetLength(ManifestLimits.FileBytes + 1L);
        }

        var result = IngressManifests.Load([folder.Path]);

        Assert.Equal("web", Manifest.Names(result.Snapshot));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR106", IngressDiagnosticSeverity.Error, folder["large.yaml"]), (diagnostic.Id, diagnostic.Severity, diagnostic.Location!.Value.File));
    }

    /// <summary>Texts that tempt a parser into quadratic time; ten times the text must take about ten times as long.</summary>
    [Theory]
    [InlineData("documents", "---\na: b\n")]
    [InlineData("keys", "k#: v\n")]
    [InlineData("list", "- a\n")]
    [InlineData("objects", "--- \n{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a#}}\n")]
    [InlineData("comments", "# comment\n")]
    [InlineData("blank lines", "\n")]
    [InlineData("plain words", "word ")]
    [InlineData("plain lines", "word\n")]
    [InlineData("colons", "a:b:")]
    [InlineData("quote", "'' ", "'")]
    [InlineData("double quote", "\\n ", "\"")]
    [InlineData("double quote lines", "x\n ", "\"")]
    [InlineData("literal", " x\n", "|\n")]
    [InlineData("folded", " x\n\n", ">\n")]
    [InlineData("flow list", "a, ", "[")]
    [InlineData("flow map", "k#: v, ", "{")]
    [InlineData("anchors", "- &a# x\n")]
    [InlineData("aliases", "- *a\n", "- &a x\n")]
    [InlineData("question marks", "? a#\n")]
    [InlineData("tags", "- !!str a\n")]
    [InlineData("json values", "{\"a\": 1}\n")]
    [InlineData("broken json", "{\"a\": 1}\n", "{\"a\" 1}\n")]
    [InlineData("braces", "}{")]
    [InlineData("dashes", "-")]
    [InlineData("dash lines", "---\n")]
    [InlineData("percent lines", "%a\n")]
    [InlineData("bad bytes", "\uFFFD")] // stands for half a surrogate pair, which an attribute cannot hold
    [InlineData("spaces", " ", "a:")]
    [InlineData("tabs", "\t", "a:")]
    [InlineData("carriage returns", "a: b\r")]
    [InlineData("long scalar in list", "a", "- ")]
    public void Parse_LongText_TakesLinearTime(string what, string part, string before = "")
    {
        const int Parts = 10_000;
        var small = Text(Parts);
        var large = Text(Parts * 10);
        Time(Text(Parts / 10));

        // Linear time gives 10 and quadratic time 100. A busy machine may hold up one measurement, but not all of them.
        var ratios = new List<double>();
        while (ratios.Count < 4 && !ratios.Exists(static ratio => ratio < 30))
        {
            ratios.Add(Time(large) / Math.Max(Time(small), 2));
        }

        Assert.True(ratios.Exists(static ratio => ratio < 30), $"{what}: {string.Join(", ", ratios)} times as long for 10 times the text");

        string Text(int count)
        {
            var text = new StringBuilder(before);
            for (var i = 0; i < count; i++)
            {
                text.Append(part.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            }

            return text.Replace('\uFFFD', '\uD800').ToString();
        }

        static double Time(string text)
        {
            var start = Stopwatch.GetTimestamp();
            Manifest.Read(text);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
