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
    [InlineData("--request-timeout", "0.01")]
    [InlineData("--backend-connect-timeout", "61")]
    [InlineData("--resource", "Bucket")]
    [InlineData("--resource", "Bucket=/does/not/exist")]
    [InlineData("--manifests", "does-not-exist.yaml")]
    public async Task Run_MalformedValue_ExitsWith2AndQuotesIt(string option, string value)
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(value.Split('=')[^1], result.Error, StringComparison.Ordinal);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--http", "foo:8080", "'foo' is not an IP address")]
    [InlineData("--http", "127.0.0.1:80000", "The port '80000' is not a number from 0 to 65535.")]
    [InlineData("--http", "127.0.0.1", "The port is missing.")]
    [InlineData("--https", "127.0.0.1:", "The port is missing.")]
    [InlineData("--https", "::1:443", "stands in brackets")]
    [InlineData("--admin", "http://127.0.0.1:80", "It is a URL")]
    [InlineData("--backend", "a/b:80=localhost:5000", "did you mean 'http://localhost:5000'?")]
    [InlineData("--backend", "a/b:80", "There is no '='")]
    [InlineData("--backend", "a/b=http://h/", "The port is missing.")]
    [InlineData("--backend", "a/B:80=http://h/", "The name 'B' is malformed")]
    [InlineData("--backend", "a/b:99999=http://h/", "The port '99999' is not a number from 1 to 65535.")]
    [InlineData("--backend", "a/b:80=ftp://h/", "neither http nor https")]
    [InlineData("--backend", "a/b:80=http://u:p@h/", "user name")]
    [InlineData("--backend", "a/b:80=http://h/?q", "query")]
    [InlineData("--resource", "Bucket", "There is no '='")]
    [InlineData("--resource", "a/b/c=d", "more than one '/'")]
    [InlineData("--default-backend", "web", "The port is missing.")]
    [InlineData("--default-backend", "-x/web:80", "The namespace '-x' is malformed")]
    [InlineData("--default-certificate", "a/b/c", "more than one '/'")]
    [InlineData("--client-ca", "a/", "The name is missing.")]
    [InlineData("--controller-name", "no controller", "domain-prefixed path")]
    [InlineData("--tls-min-version", "1.1", "Expected '1.2' or '1.3'.")]
    [InlineData("--hsts", "forever", "max-age")]
    [InlineData("--echo=maybe", "", "'maybe' is neither 'true' nor 'false'")]
    public async Task Run_WrongValue_NamesOptionAndReason(string option, string value, string reason)
    {
        var result = await Cli.RunAsync(["run", "--manifests", _folder.Path, option, .. value.Length > 0 ? new[] { value } : []]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(option.Split('=')[0], result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "a.yaml", "--format", "xml")]
    [InlineData("check", "a.yaml", "--fail-on", "always")]
    [InlineData("routes", "a.yaml", "--default-backend", "web")]
    [InlineData("diff", "a.yaml", "b.yaml", "--default-certificate", "a/b/c")]
    public async Task Any_WrongValue_NamesTheOption(params string[] args)
    {
        var result = await Cli.RunAsync(args);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{args[^2]}: '{args[^1]}' is not understood.", result.Error, StringComparison.Ordinal);
        Assert.Contains(" Expected ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_MisspeltOption_IsTold()
        => Assert.Contains("Did you mean '--format'?", (await Cli.RunAsync("check", "a.yaml", "--formt", "json")).Error, StringComparison.Ordinal);

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
