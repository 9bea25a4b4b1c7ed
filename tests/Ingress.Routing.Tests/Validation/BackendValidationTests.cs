using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Semantics 2.5: the backend of a path and the default backend, which obey the same rules.</summary>
public sealed class BackendValidationTests
{
    [Fact]
    public void Backend_Missing() => AssertErrors(null, " Invalid"); // 2.5.1: not required (trap 16)

    [Fact]
    public void Backend_WithNeither() => AssertErrors(new(), " Invalid"); // 2.5.1

    [Fact]
    public void Backend_WithBoth_NothingBelowIsChecked()
        => AssertErrors(new() { Service = new(), Resource = new() }, " Invalid"); // 2.5.2

    [Theory]
    [InlineData("web")]
    [InlineData("a")]
    [InlineData("a-1")]
    public void ServiceName_Valid(string name) => AssertErrors(Some.Backend(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void ServiceName_Missing(string? name) => AssertErrors(Service(name, new() { Number = 80 }), ".service.name Required"); // 2.5.3

    [Theory]
    [InlineData("1web")] // 2.5.4: starts with a letter
    [InlineData("Web")]
    [InlineData("a.b")]
    [InlineData("a-")]
    [InlineData("-a")]
    [InlineData("a_b")]
    [InlineData("web\n")]
    public void ServiceName_Malformed(string name) => AssertErrors(Some.Backend(name), ".service.name Invalid");

    [Fact]
    public void ServiceName_Length_IsAtMost63()
    {
        AssertErrors(Some.Backend(new string('a', 63)));
        AssertErrors(Some.Backend(new string('a', 64)), ".service.name Invalid");
        AssertErrors(Some.Backend(new string('A', 64)), ".service.name Invalid", ".service.name Invalid");
    }

    [Fact]
    public void Port_WithNameAndNumber()
        => AssertErrors(Service("web", new() { Name = "http", Number = 80 }), " Invalid"); // 2.5.5: on the backend

    [Fact]
    public void Port_WithNeither_IsAnErrorOfTheBackend()
    {
        AssertErrors(Service("web", null), " Required"); // 2.5.6
        AssertErrors(Service("web", new()), " Required");
        AssertErrors(Service("web", new() { Number = 0 }), " Required"); // 1.11: 0 is unset
        AssertErrors(Service("web", new() { Name = "" }), " Required");
    }

    [Fact]
    public void Port_ZeroBesideAName_IsUnset() => AssertErrors(Service("web", new() { Name = "http", Number = 0 })); // 1.11

    [Fact]
    public void ServiceNameAndPort_BothMissing_AreTwoErrors() => AssertErrors(Service(null, null), ".service.name Required", " Required");

    [Theory]
    [InlineData(1, true)]
    [InlineData(65535, true)]
    [InlineData(65536, false)]
    [InlineData(-1, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(int.MinValue, false)]
    public void PortNumber_Range(int number, bool isValid)
        => AssertErrors(Some.Backend("web", number), isValid ? [] : [".service.port.number Invalid"]); // 2.5.7

    [Theory]
    [InlineData("http", 0)]
    [InlineData("a", 0)]
    [InlineData("8a", 0)]
    [InlineData("a-b-c", 0)]
    [InlineData("fifteen-letters", 0)]
    [InlineData("sixteen-letters-", 2)] // too long, and a hyphen at the end
    [InlineData("sixteen--letters", 2)] // too long, and doubled
    [InlineData("abcdefghijklmnop", 1)]
    [InlineData("Http", 1)]
    [InlineData("HTTP", 2)] // characters, and no letter among those allowed
    [InlineData("h_p", 1)]
    [InlineData("80", 1)] // no letter
    [InlineData("8-0", 1)]
    [InlineData("a--b", 1)]
    [InlineData("-a", 1)]
    [InlineData("a-", 1)]
    [InlineData("-a-", 1)]
    [InlineData("-", 2)] // no letter, and at the end
    [InlineData("--", 3)] // no letter, doubled, and at the end
    [InlineData("é", 2)]
    [InlineData("http\n", 1)]
    public void PortName_Faults_AreOneErrorEach(string name, int errors)
        => AssertErrors(IngressBackend.ForService("web", name), [.. Enumerable.Repeat(".service.port.name Invalid", errors)]); // 2.5.8

    [Theory]
    [InlineData("StorageBucket", "assets")]
    [InlineData("kind", "Name With Blanks")] // 2.5.10: any text that can be an element of a path
    [InlineData("..a", "a..")]
    public void Resource_Valid(string kind, string name) => AssertErrors(Some.Resource(kind, name, "example.com"));

    [Fact]
    public void Resource_OfTheCoreGroup_IsValid() => AssertErrors(Some.Resource("ConfigMap", "pages"));

    [Fact]
    public void Resource_WithoutKindAndName() // 2.5.9
    {
        AssertErrors(new() { Resource = new() }, ".resource.kind Required", ".resource.name Required");
        AssertErrors(Some.Resource("", ""), ".resource.kind Required", ".resource.name Required");
    }

    [Theory]
    [InlineData(".", 1)]
    [InlineData("..", 1)]
    [InlineData("a/b", 1)]
    [InlineData("a%b", 1)]
    [InlineData("%/", 2)]
    [InlineData("a/b/c%d%e", 2)]
    [InlineData("../a", 1)]
    public void ResourceKindAndName_Malformed(string text, int errors) // 2.5.10
    {
        AssertErrors(Some.Resource(text, "name"), [.. Enumerable.Repeat(".resource.kind Invalid", errors)]);
        AssertErrors(Some.Resource("Kind", text), [.. Enumerable.Repeat(".resource.name Invalid", errors)]);
    }

    [Theory]
    [InlineData("")] // an explicit empty string
    [InlineData("Example.com")]
    [InlineData("example.com/v1")]
    public void ResourceApiGroup_Malformed(string group)
        => AssertErrors(Some.Resource("Kind", "name", group), ".resource.apiGroup Invalid"); // 2.5.11

    private static IngressBackend Service(string? name, ServiceBackendPort? port) => new() { Service = new() { Name = name, Port = port } };

    // The same backend at both places; a default backend that is missing is simply absent.
    private static void AssertErrors(IngressBackend? backend, params string[] errors)
    {
        var path = new IngressPath { Path = "/", PathType = PathTypes.Prefix, Backend = backend };
        FieldErrors.AssertAre(FieldErrors.OfPath(path), [.. errors.Select(error => $"spec.rules[0].http.paths[0].backend{error} INGR008")]);
        if (backend is not null)
        {
            FieldErrors.AssertAre(
                FieldErrors.Of(Some.Ingress("i", defaultBackend: backend)),
                [.. errors.Select(error => $"spec.defaultBackend{error} INGR008")]);
        }
    }
}
