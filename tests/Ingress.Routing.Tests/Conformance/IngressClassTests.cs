using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 10 of the semantics: which Ingresses are served (D1, D2, D3), and what is said about the others.</summary>
public sealed class IngressClassTests
{
    private const string Ours = "example.com/ours";

    private static readonly IngressClassResource[] s_classes =
    [
        Some.Class("ours", Ours), Some.Class("ours-too", Ours),
        Some.Class("foreign", "example.com/foreign"), Some.Class("case", "example.com/Ours"),
    ];

    // annotation, field -> served, diagnostic. Null: not there.
    [Theory]
    [InlineData(null, "ours", true, null)]
    [InlineData(null, "ours-too", true, null)] // 10.1: several classes, one controller
    [InlineData(null, "foreign", false, IngressDiagnosticIds.ForeignClass)]
    [InlineData(null, "case", false, IngressDiagnosticIds.ForeignClass)] // the controller is compared case-sensitively
    [InlineData(null, "unknown", false, IngressDiagnosticIds.UnknownClass)] // 10.2
    [InlineData("ours", null, true, null)]
    [InlineData("foreign", null, false, IngressDiagnosticIds.ForeignClass)]
    [InlineData("unknown", null, false, IngressDiagnosticIds.UnknownClass)]
    [InlineData("", null, false, null)] // 10.3: an empty annotation is present, and no class has that name
    [InlineData("ours", "ours", true, null)]
    [InlineData("ours", "foreign", true, IngressDiagnosticIds.ClassMismatch)] // D2
    [InlineData("foreign", "ours", false, IngressDiagnosticIds.ClassMismatch)]
    [InlineData("ours", "unknown", true, IngressDiagnosticIds.ClassMismatch)]
    [InlineData(null, null, false, IngressDiagnosticIds.NoClass)] // D3: no silent adoption
    public void Compile_ControllerConfigured_ServesItsClassesOnly(string? annotation, string? field, bool isServed, string? diagnostic)
    {
        var table = Compile(Ours, s_classes, Claim("i", annotation, field));

        Assert.Equal(isServed ? "i" : "404", table.Answer("h.test", "/"));
        if (diagnostic is not null)
        {
            Assert.Contains(table.Diagnostics, d => d.Id == diagnostic && d.Resource?.Name == "i");
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "unknown")]
    [InlineData("foreign", null)]
    [InlineData("foreign", "ours")]
    [InlineData("", null)]
    public void Compile_NoControllerConfigured_ServesEveryClass(string? annotation, string? field)
        => Assert.Equal("i", Compile(null, s_classes, Claim("i", annotation, field)).Answer("h.test", "/")); // D1

    [Theory]
    [InlineData(true, false, false, true)] // ours alone
    [InlineData(false, false, true, false)] // foreign alone
    [InlineData(true, false, true, false)] // two defaults: none
    [InlineData(true, true, false, false)] // two defaults, both ours: none all the same
    [InlineData(false, false, false, false)]
    public void Compile_ClasslessIngress_IsServedByTheSingleDefaultClass(bool ours, bool oursToo, bool foreign, bool isServed)
    {
        IngressClassResource[] classes =
        [
            Some.Class("ours", Ours, ours), Some.Class("ours-too", Ours, oursToo), Some.Class("foreign", "example.com/foreign", foreign),
        ];

        Assert.Equal(isServed ? "i" : "404", Compile(Ours, classes, Claim("i", null, null)).Answer("h.test", "/")); // D3, 10.3
    }

    [Theory]
    [InlineData("True")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("true ")]
    public void Compile_DefaultMarkOfAnotherText_IsNone(string value)
    {
        var marked = Some.Class("ours", Ours);
        var annotations = new Dictionary<string, string> { [IngressClassResource.DefaultAnnotation] = value };
        marked = marked with { Metadata = marked.Metadata with { Annotations = annotations } };

        Assert.Equal("404", Compile(Ours, [marked], Claim("i", null, null)).Answer("h.test", "/")); // 10.3: exact text
    }

    [Fact]
    public void Compile_DefaultClass_LeavesNamedClassesAlone()
        => Assert.Equal(
            "404", Compile(Ours, [Some.Class("ours", Ours, isDefault: true)], Claim("i", null, "unknown")).Answer("h.test", "/"));

    [Fact]
    public void Compile_EmptyAnnotation_KeepsTheDefaultClassAway()
        => Assert.Equal("404", Compile(Ours, [Some.Class("ours", Ours, isDefault: true)], Claim("i", "", null)).Answer("h.test", "/")); // 10.3

    [Fact]
    public void Compile_SeveralDefaultClasses_IsReported()
    {
        var table = Compile(Ours, [Some.Class("a", Ours, isDefault: true), Some.Class("b", Ours, isDefault: true)], Claim("i", null, null));

        Assert.Contains(table.Diagnostics, d => d.Id == IngressDiagnosticIds.SeveralDefaultClasses);
    }

    [Fact]
    public void Compile_UnservedIngress_TakesNoPartInConflictsDefaultsOrTls()
    {
        var foreign = Some.Ingress(
            "foreign",
            [Some.Rule("h.test", Some.Prefix("/", "foreign"))],
            Some.Backend("foreign"),
            [Some.Tls("crt", "h.test")],
            "foreign",
            ageSeconds: -9);
        var foreignGlobal = Some.Ingress("global", defaultBackend: Some.Backend("foreign"), className: "foreign", ageSeconds: -9);
        var table = IngressRouteTable.Compile(
            new()
            {
                Ingresses = [foreign, foreignGlobal, Claim("i", null, "ours")],
                IngressClasses = s_classes,
                Secrets = [TestCertificates.Secret("crt", "h.test")],
            },
            new() { ControllerName = Ours });

        Assert.Equal("i", table.Answer("h.test", "/"));
        Assert.Equal("404", table.Answer("other.test", "/"));
        Assert.Null(table.FindCertificate("h.test"));
        Assert.DoesNotContain(
            table.Diagnostics, d => d.Id is IngressDiagnosticIds.PathConflict or IngressDiagnosticIds.DefaultBackendConflict);
        Assert.All(table.Routes, route => Assert.Equal("default/i", route.Source.Name.ToString()));
    }

    [Fact]
    public void Compile_ClassMismatch_IsAWarningAtThePathOfTheApiServer()
    {
        var diagnostic = Assert.Single(
            Compile(null, [], Claim("i", "one", "other")).Diagnostics, d => d.Id == IngressDiagnosticIds.ClassMismatch);

        Assert.Equal("annotations.kubernetes.io/ingress.class", diagnostic.Field); // 2.1.3: no "metadata."
        Assert.Equal(FieldErrorKind.Invalid, diagnostic.FieldError);
        Assert.Equal(IngressDiagnosticSeverity.Warning, diagnostic.Severity); // D4: stored objects can legally have it
    }

    [Fact]
    public void Compile_ClassParameters_AreOpaque()
    {
        var withParameters = Some.Class("ours", Ours) with
        {
            Parameters = new() { Kind = "Anything", Name = "x", Scope = "Namespace", Namespace = "n" },
        };

        Assert.Equal("i", Compile(Ours, [withParameters], Claim("i", null, "ours")).Answer("h.test", "/")); // 10.7
    }

    private static IngressResource Claim(string name, string? annotation, string? field) => Some.Ingress(
        name,
        [Some.Rule("h.test", Some.Prefix("/", name))],
        className: field,
        annotations: annotation is null ? null : Some.ClassAnnotation(annotation));

    private static IngressRouteTable Compile(string? controller, IngressClassResource[] classes, params IngressResource[] ingresses)
        => IngressRouteTable.Compile(new() { Ingresses = ingresses, IngressClasses = classes }, new() { ControllerName = controller });
}
