using Ingress.Routing.Diagnostics;
using Ingress.Routing.Docs.Tests.Examples;

namespace Ingress.Routing.Docs.Tests;

/// <summary>Every example loads without an error and serves what its comments say.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Folders() => [.. Example.All.Select(example => example.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Example_Alone_IsServedAsItSays(string folder)
    {
        var example = Example.All.Single(example => example.Folder == folder);
        var table = example.Compile();

        AssertNoErrors(table);
        Assert.NotEmpty(example.Promises);
        Assert.All(example.Promises, promise => promise.AssertKept(table));
    }

    [Fact]
    public void Examples_Together_AreServedAsTheySay()
    {
        var table = Example.Compile("docs/examples", new() { AllowLoopbackDestinations = true });

        AssertNoErrors(table);
        Assert.All(
            Example.All.SelectMany(example => example.Promises).Where(promise => !promise.NeedsControllerName),
            promise => promise.AssertKept(table));
    }

    [Fact]
    public void Examples_AreAllListed()
    {
        var index = Repository.Read("docs/examples/README.md");

        Assert.All(Example.All, example => Assert.Contains($"[{Path.GetFileName(example.Folder)}]", index, StringComparison.Ordinal));
    }

    private static void AssertNoErrors(IngressRouteTable table)
    {
        Assert.NotEmpty(table.Routes);
        Assert.DoesNotContain(table.Diagnostics, diagnostic => diagnostic.Severity == IngressDiagnosticSeverity.Error);
    }
}
