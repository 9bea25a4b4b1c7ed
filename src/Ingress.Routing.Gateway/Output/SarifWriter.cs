using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes findings as SARIF 2.1.0, which code hosts show beside the lines that they are about.</summary>
internal sealed class SarifWriter
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string FingerprintName = "ingressRouting/v1";

    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private readonly string _root;

    private SarifWriter(Utf8JsonWriter json, string root)
    {
        _json = json;
        _root = root;
    }

    /// <param name="root">The folder that paths are written relative to: the root of the repository, where checks are run.</param>
    public static void Write(IReadOnlyList<IngressDiagnostic> findings, string root, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            new SarifWriter(json, root).WriteLog(findings);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private void WriteLog(IReadOnlyList<IngressDiagnostic> findings)
    {
        _json.WriteStartObject();
        _json.WriteString("$schema", Schema);
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        WriteTool();
        _json.WriteString("columnKind", "utf16CodeUnits");
        _json.WriteStartArray("results");
        foreach (var finding in findings)
        {
            WriteResult(finding);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteTool()
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "ingress-gateway");
        _json.WriteString("version", Assembly.GetExecutingAssembly().GetName().Version!.ToString(3));
        _json.WriteStartArray("rules");
        foreach (var page in DiagnosticPages.All)
        {
            WriteRule(page);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRule(DiagnosticPage page)
    {
        _json.WriteStartObject();
        _json.WriteString("id", page.Id);
        WriteMessage("shortDescription", page.Title);
        WriteMessage("fullDescription", page.Description);
        _json.WriteStartObject("help");
        _json.WriteString("text", page.Remedy);
        _json.WriteString("markdown", page.Markdown);
        _json.WriteEndObject();
        _json.WriteStartObject("defaultConfiguration");
        _json.WriteString("level", LevelOf(page.Severity));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteResult(IngressDiagnostic finding)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId", finding.Id);
        _json.WriteNumber("ruleIndex", DiagnosticPages.All.Index().First(page => page.Item.Id == finding.Id).Index);
        _json.WriteString("level", LevelOf(DiagnosticPrinter.NameOf(finding.Severity)));
        WriteMessage("message", finding.Message);
        _json.WriteStartArray("locations");
        WriteLocation(finding);
        _json.WriteEndArray();
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString(FingerprintName, FingerprintOf(finding));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteLocation(IngressDiagnostic finding)
    {
        var place = finding.Location is { } location && location.File != ManifestInput.StandardInputName ? finding.Location : null;
        if (place is null && finding.Resource is null)
        {
            return;
        }

        _json.WriteStartObject();
        if (place is { } shown)
        {
            WritePhysicalLocation(shown);
        }

        if (finding.Resource is { } resource)
        {
            _json.WriteStartArray("logicalLocations");
            _json.WriteStartObject();
            _json.WriteString("fullyQualifiedName", $"{resource}{(finding.Field.Length > 0 ? "#" : "")}{finding.Field}");
            _json.WriteString("kind", "resource");
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
    }

    private void WritePhysicalLocation(SourceLocation place)
    {
        _json.WriteStartObject("physicalLocation");
        _json.WriteStartObject("artifactLocation");
        var relative = Path.GetRelativePath(_root, Path.GetFullPath(place.File, _root)).Replace('\\', '/');
        if (relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            _json.WriteString("uri", new Uri(Path.GetFullPath(place.File, _root)).AbsoluteUri);
        }
        else
        {
            _json.WriteString("uri", string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)));
            _json.WriteString("uriBaseId", "%SRCROOT%");
        }

        _json.WriteEndObject();
        _json.WriteStartObject("region");
        _json.WriteNumber("startLine", Math.Max(1, place.Line));
        _json.WriteNumber("startColumn", Math.Max(1, place.Column));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteMessage(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", text);
        _json.WriteEndObject();
    }

    private static string LevelOf(string severity)
        => severity.StartsWith("error", StringComparison.Ordinal) ? "error"
            : severity.StartsWith("warning", StringComparison.Ordinal) ? "warning"
            : "note";

    // What stays the same when lines move: a code host then knows that it has seen the finding before.
    private static string FingerprintOf(IngressDiagnostic finding)
    {
        var subject = finding.Resource?.ToString() ?? finding.Location?.File ?? "";
        var text = string.Join('\n', finding.Id, subject, finding.Field, finding.Message);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
