using System.Globalization;
using System.Text;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Texts that kubectl reads, or places its complaint about, in ways that are easy to miss.</summary>
public sealed class KubectlReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", true },
        { "utf-16", true },
        { "utf-16BE", true },
        { "utf-32", false },
        { "utf-32BE", false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Load_ByteOrderMark_SaysTheEncoding(string name, bool isRead)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = Manifest.Ingress(metadata: "annotations: {a: größe}") + "\n---\n" + Manifest.Ingress(name: "second");
        var path = Path.Combine(_folder.Path, "m.yaml");
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        var result = IngressManifests.Load([path]);

        Assert.Equal(isRead ? "second web" : "", Manifest.Names(result.Snapshot));
        Assert.Equal(isRead, result.Diagnostics.Count == 0);
        Assert.All(result.Diagnostics, static diagnostic => Assert.Contains("UTF-8", diagnostic.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: 1\nb:\n\tc: 2\n", 3, 1)]
    [InlineData("a: 1\n\tb: 2\n", 2, 1)]
    [InlineData("\ta: 1\n", 1, 1)]
    [InlineData("a:\n  b: 1\n\tc: 2\n", 3, 1)]
    [InlineData("a:\n  - b\n\t- c\n", 3, 1)]
    [InlineData("spec:\n  rules:\n  - host: x\n\t  http: y\n", 4, 1)]
    [InlineData("a: 1\nb:\n \tc: 1\n", 3, 2)]
    [InlineData("a: >\n\tb\n", 2, 1)]
    [InlineData("a: x # y\n\t# z\nb: y\n", 2, 1)]
    [InlineData("kind: A\n---\nkind: B\nb:\n\tc: 2\n", 5, 1)]
    public void Parse_Tab_IsReportedWhereItStands(string text, int line, int column)
    {
        var problem = Assert.Single(Manifest.Read(text).Diagnostics, static diagnostic => diagnostic.Id == "INGR100");

        Assert.Equal((line, column), (problem.Location?.Line, problem.Location?.Column));
        Assert.Contains("tab", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:\tb\n")]
    [InlineData("a: [1,\n\t2]\n")]
    [InlineData("a: \"x\n\ty\"\n")]
    [InlineData("a: |\n  x\n  \ty\n")]
    public void Parse_TabElsewhere_IsRead(string text)
        => Assert.DoesNotContain(Manifest.Read(text).Diagnostics, static diagnostic => diagnostic.Id == "INGR100");

    [Theory]
    [InlineData("a: @x\n", 1, 4)]
    [InlineData("a: b: c\n", 1, 5)]
    [InlineData("a: 1\n b: 2\n", 2, 3)]
    [InlineData("a: b\nc\n", 2, 1)]
    [InlineData("a: \"x\\q\"\n", 1, 4)]
    [InlineData("a: ]\n", 1, 4)]
    [InlineData("- a\nb: c\n", 2, 1)]
    [InlineData("a: *\n", 1, 4)]
    public void Parse_BrokenYaml_IsReportedWhereItBreaks(string text, int line, int column)
    {
        var problem = Manifest.ReadDiagnostic(text);

        Assert.Equal((line, column), (problem.Location?.Line, problem.Location?.Column));
    }

    [Theory]
    [InlineData("2024-01-31T12:00:00Z", "2024-01-31T12:00:00.0000000+00:00")]
    [InlineData("2024-01-31T12:00:00.123456789Z", "2024-01-31T12:00:00.1234567+00:00")]
    [InlineData("2024-01-31T12:00:00.5Z", "2024-01-31T12:00:00.5000000+00:00")]
    [InlineData("2024-01-31T12:00:00,5Z", "2024-01-31T12:00:00.5000000+00:00")]
    [InlineData("2024-01-31T12:00:00.000000000000001Z", "2024-01-31T12:00:00.0000000+00:00")]
    [InlineData("2024-01-31T12:00:00+02:00", "2024-01-31T10:00:00.0000000+00:00")]
    [InlineData("2024-01-31T12:00:00.25-23:00", "2024-02-01T11:00:00.2500000+00:00")]
    [InlineData("2024-02-29T9:00:00Z", "2024-02-29T09:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("0000-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    public void Parse_CreationTimestamp_IsReadAsTheApiServerReadsIt(string text, string expected)
        => Assert.Equal(
            expected,
            Manifest.ReadIngress(Manifest.Ingress(metadata: $"creationTimestamp: \"{text}\"")).Metadata.CreationTimestamp?.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2024-01-31t12:00:00Z")]
    [InlineData("2024-01-31T12:00:00z")]
    [InlineData("2024-01-31 12:00:00Z")]
    [InlineData("2024-01-31T12:00:00")]
    [InlineData("2024-01-31T12:00:60Z")]
    [InlineData("2024-01-31T24:00:00Z")]
    [InlineData("2023-02-29T12:00:00Z")]
    [InlineData("2024-1-31T12:00:00Z")]
    [InlineData("2024-01-31T12:00:00.Z")]
    [InlineData("2024-01-31T12:00:00Z ")]
    [InlineData("")]
    public void Parse_CreationTimestampOfAnotherForm_IsRefused(string text)
        => Assert.Equal("INGR103", Manifest.ReadDiagnostic(Manifest.Ingress(metadata: $"creationTimestamp: \"{text}\"")).Id);

    [Theory]
    [InlineData("kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: a}\nspec: {rules: [{host: a.test, paths: []}]}", "spec.rules[0].paths", "http.paths", true)]
    [InlineData("kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: a}\nspec: {rules: [{host: a.test, path: /}]}", "spec.rules[0].path", "http.paths[].path", false)]
    [InlineData("kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: a}\nspec: {paths: []}", "spec.paths", "rules[].http.paths", true)]
    [InlineData("kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: a}\nrules: []", "rules", "spec.rules", false)]
    [InlineData("kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: a}\nspec: {tls: [{host: a.test}]}", "spec.tls[0].host", "'hosts'", false)]
    public void Parse_FieldInTheWrongPlace_SaysWhereItBelongs(string text, string field, string advice, bool isError)
    {
        var result = Manifest.Read(text);

        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR104", field), (error.Id, error.Field));
        Assert.Equal(isError ? IngressDiagnosticSeverity.Error : IngressDiagnosticSeverity.Warning, error.Severity);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Equal(isError, error.Message.Contains("kubectl apply", StringComparison.Ordinal));
        Assert.Single(result.Snapshot.Ingresses);
    }

    [Fact]
    public void Parse_UnknownField_IsAWarning()
        => Assert.Equal(IngressDiagnosticSeverity.Warning, Manifest.ReadDiagnostic(Manifest.Ingress(spec: "hots: x")).Severity);

    [Fact]
    public void Parse_MetadataThatTheApiServerRefuses_IsReportedAtItsEntry()
    {
        var text = Manifest.Ingress(metadata: "labels:\n  app: web\n  tier: a b\nannotations:\n  a/b/c: d");
        var read = Manifest.Read(text);

        var found = IngressRouteTable.Compile(read.Snapshot).Diagnostics.Where(static diagnostic => diagnostic.Id == "INGR001");

        Assert.Equal(["metadata.labels 7", "metadata.annotations 9"], found.Select(static error => $"{error.Field} {error.Location?.Line}"));
    }

    [Fact]
    public void Parse_MissingPathType_IsCalledMissing()
    {
        var text = Manifest.Ingress().Replace("        pathType: Prefix\n", "", StringComparison.Ordinal);

        var error = Assert.Single(IngressRouteTable.Compile(Manifest.Read(text).Snapshot).Diagnostics, static diagnostic => diagnostic.Id == "INGR006");

        Assert.Equal((FieldErrorKind.Required, "spec.rules[0].http.paths[0].pathType"), (error.FieldError, error.Field));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Endpoints_ServeAServiceWithoutSelector()
    {
        const string Text = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Endpoints
            metadata: {name: web}
            subsets:
            - addresses: [{ip: 192.0.2.1}, {ip: 192.0.2.2}]
              notReadyAddresses: [{ip: 192.0.2.3}]
              ports: [{name: http, port: 8080}, {name: admin, port: 9090}]
            - addresses: [{ip: 192.0.2.4}]
              ports: [{name: http, port: 8081}]
            """;

        var result = Manifest.Read(Text);

        Assert.Empty(result.Diagnostics);
        var ready = IngressRouteTable.Compile(result.Snapshot).GetDestinations(new(new("default", "web"), new() { Number = 80 })).Ready;
        Assert.Equal(["192.0.2.1:8080", "192.0.2.2:8080", "192.0.2.4:8081"], ready.Select(static endpoint => endpoint.ToString()));
    }

    [Fact]
    public void Parse_EndpointConditions_AreRead()
    {
        const string Text = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: [192.0.2.1], conditions: {ready: false, serving: true, terminating: true}}]
            """;

        var endpoint = Assert.Single(Assert.Single(Manifest.Read(Text).Snapshot.EndpointSlices).Endpoints);

        Assert.Equal((false, true, true), (endpoint.Ready, endpoint.Serving, endpoint.Terminating));
    }
}
