namespace Ingress.Routing.Docs.Tests;

/// <summary>The two commands of the README are what they are everywhere else.</summary>
public sealed class ReadmeTests
{
    private const string Run = "dotnet run -c Release --project src/Ingress.Routing.Gateway -- run --manifests docs/examples --echo";
    private const string Test = "dotnet test -c Release";

    [Fact]
    public void Commands_ArePresent()
    {
        var lines = Repository.Read("README.md").Split('\n');

        Assert.Contains(Run, lines);
        Assert.Contains(Test, lines);
        Assert.Contains(lines, line => line.StartsWith("curl ", StringComparison.Ordinal));
    }

    // The web SDK would run the gateway in the folder of its project, where there is no docs/examples.
    [Fact]
    public void Gateway_RunsWhereTheUserIs()
        => Assert.Contains(
            "<EnableDefaultRunWorkingDirectory>false</EnableDefaultRunWorkingDirectory>",
            Repository.Read("src/Ingress.Routing.Gateway/Ingress.Routing.Gateway.csproj"),
            StringComparison.Ordinal);

    [Fact]
    public void CiRun_UsesTheSameTestCommand()
        => Assert.Contains(Repository.Read(".ci/run").Split('\n'), line => line.TrimStart().StartsWith(Test + " ", StringComparison.Ordinal));

    [Fact]
    public void Packages_AreAllListed()
    {
        var readme = Repository.Read("README.md");

        Assert.All(
            Repository.Find("*.csproj", "src").Select(Path.GetFileNameWithoutExtension),
            package => Assert.Contains($"[{package}](src/{package}/README.md)", readme, StringComparison.Ordinal));
    }
}
