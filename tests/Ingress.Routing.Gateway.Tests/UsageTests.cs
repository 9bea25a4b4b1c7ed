namespace Ingress.Routing.Gateway.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("serve")]
    [InlineData("check")]
    [InlineData("check", "a.yaml", "--format", "xml")]
    [InlineData("check", "a.yaml", "--fail-on", "always")]
    [InlineData("check", "a.yaml", "--formt", "json")]
    [InlineData("routes")]
    [InlineData("convert")]
    [InlineData("convert", "a.yaml", "--class")]
    [InlineData("diff")]
    [InlineData("test")]
    [InlineData("test", "t.yaml")]
    [InlineData("test", "t.yaml", "--manifests", "a.yaml", "--format", "xml")]
    [InlineData("diff", "a.yaml")]
    [InlineData("diff", "a.yaml", "b.yaml", "--format", "xml")]
    [InlineData("match", "http://h/")]
    [InlineData("explain", "http://h/")]
    [InlineData("run")]
    [InlineData("")]
    public async Task Invoke_WrongUsage_ExitsWith2AndPointsToTheHelp(params string[] args)
    {
        var result = await Cli.RunAsync([.. args.Where(arg => arg.Length > 0)]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--http", "127.0.0.1")]
    [InlineData("--https", "host.example.com:443")]
    [InlineData("--admin", "99999")]
    [InlineData("--default-backend", "web")]
    [InlineData("--default-certificate", "a/b/c")]
    [InlineData("--backend", "shop/web:80")]
    [InlineData("--resource", "Bucket")]
    [InlineData("--resource", "Bucket=/does/not/exist")]
    [InlineData("--manifests", "does-not-exist.yaml")]
    public async Task Run_MalformedValue_ExitsWith2AndQuotesIt(string option, string value)
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(value.Split('=')[^1], result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("check", "--help")]
    [InlineData("match", "--help")]
    [InlineData("explain", "--help")]
    [InlineData("routes", "--help")]
    [InlineData("diff", "--help")]
    [InlineData("test", "--help")]
    [InlineData("--version")]
    public async Task Invoke_Help_GoesToStandardOutput(params string[] args)
    {
        var result = await Cli.RunAsync(args);

        Assert.Equal(0, result.ExitCode);
        Assert.NotEmpty(result.Output);
        Assert.Empty(result.Error);
    }
}
