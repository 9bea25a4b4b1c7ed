using System.CommandLine;
using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Tests;

public sealed class ShutdownOptionTests
{
    /// <summary>K44: five seconds in a cluster, where others have to notice first.</summary>
    [Theory]
    [InlineData("--manifests .", 0, 30)]
    [InlineData("--kubernetes", 5, 30)]
    [InlineData("--kubernetes --shutdown-delay 0", 0, 30)]
    [InlineData("--kubernetes --shutdown-delay 1m --drain-timeout 90s", 60, 90)]
    [InlineData("--manifests . --shutdown-delay 15", 15, 30)]
    public void Read_Times(string arguments, int delay, int drain)
    {
        var options = new RunOptions();
        var command = new Command("run");
        options.AddTo(command);

        var settings = options.Read(command.Parse(arguments));

        Assert.Equal((TimeSpan.FromSeconds(delay), TimeSpan.FromSeconds(drain)), (settings.ShutdownDelay, settings.DrainTimeout));
    }

    [Fact]
    public async Task Run_TimeThatIsNone_SaysWhatIsAllowed()
    {
        var result = await Cli.RunAsync("run", "--manifests", ".", "--shutdown-delay", "soon");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'1m30s'", result.Error, StringComparison.Ordinal);
    }
}
