using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests.Observability;

public sealed class AccessLogTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();

    public AccessLogTests() => _folder.Write("shop.yaml", ManifestText.Shop());

    private string LogFile => Path.Combine(_home.Path, "access.log");

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Json_ForwardedRequest_TellsAllThereIs()
    {
        await using var backend = await TestBackend.StartAsync(static context => context.Response.WriteAsync("fine"));
        await using (var gateway = await StartAsync("json", "--backend", $"shop/web:80={backend.Address}"))
        {
            await RawHttp.SendAsync(
                gateway.Http,
                "POST /a//b?token=SECRET HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 5\r\nUser-Agent: \"x\"\r\nReferer: http://r.test/a?token=SECRET\r\n"
                + "X-Request-ID: mine\r\nConnection: close\r\n\r\nhello");
        }

        var text = await File.ReadAllTextAsync(LogFile);
        var entry = JsonDocument.Parse(Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal("POST", entry.GetProperty("method").GetString());
        Assert.Equal("127.0.0.1", entry.GetProperty("client").GetString());
        Assert.Equal("http", entry.GetProperty("scheme").GetString());
        Assert.Equal("shop.example.com", entry.GetProperty("host").GetString());
        Assert.Equal("/a/b", entry.GetProperty("path").GetString());
        Assert.Equal("HTTP/1.1", entry.GetProperty("protocol").GetString());
        Assert.Equal(200, entry.GetProperty("status").GetInt32());
        Assert.Equal(5, entry.GetProperty("bytesIn").GetInt64());
        Assert.Equal(4, entry.GetProperty("bytesOut").GetInt64());
        Assert.InRange(entry.GetProperty("upstreamSeconds").GetDouble(), entry.GetProperty("upstreamHeadSeconds").GetDouble(), entry.GetProperty("seconds").GetDouble());
        Assert.Equal("shop/shop/0/0", entry.GetProperty("route").GetString());
        Assert.Equal("shop/shop", entry.GetProperty("ingress").GetString());
        Assert.Equal("shop/web:80", entry.GetProperty("service").GetString());
        Assert.StartsWith(backend.Address, entry.GetProperty("endpoint").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, entry.GetProperty("retries").GetInt32());
        Assert.Equal(1, entry.GetProperty("generation").GetInt64());
        Assert.Equal("mine", entry.GetProperty("clientRequestId").GetString());
        Assert.NotEmpty(entry.GetProperty("requestId").GetString()!);
        Assert.Equal("\"x\"", entry.GetProperty("userAgent").GetString());
        Assert.Equal("http://r.test/a", entry.GetProperty("referer").GetString());
        Assert.InRange(
            DateTimeOffset.Parse(entry.GetProperty("time").GetString()!, CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow);
        Assert.False(entry.TryGetProperty("reason", out _));
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.example.com", "/health", 503, "no_endpoint")]
    [InlineData("other.example.com", "/", 404, "not_found")]
    [InlineData("shop.example.com", "/%zz", 400, "malformed")]
    public async Task Json_AnswerOfTheGateway_SaysWhy(string host, string target, int status, string reason)
    {
        await using (var gateway = await StartAsync("json"))
        {
            Assert.Equal(status, (await RawHttp.GetAsync(gateway.Http, host, target)).Status);
        }

        var entry = JsonDocument.Parse(await File.ReadAllTextAsync(LogFile)).RootElement;
        Assert.Equal((status, reason), (entry.GetProperty("status").GetInt32(), entry.GetProperty("reason").GetString()));
        Assert.Equal(target, entry.GetProperty("path").GetString());
    }

    [Fact]
    public async Task Text_Request_HasTheCombinedForm_AndMore()
    {
        await using (var gateway = await StartAsync("text", "--echo", "--access-log-query"))
        {
            await RawHttp.SendAsync(
                gateway.Http, "GET /a?b=c HTTP/1.1\r\nHost: shop.example.com\r\nUser-Agent: \"x\"\u00e9\\\r\nConnection: close\r\n\r\n");
        }

        var line = await File.ReadAllTextAsync(LogFile);
        Assert.Matches(
            """^127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET /a\?b=c HTTP/1\.1" 200 \d+ "-" "\\x22x\\x22\\xE9\\x5C" host="shop\.example\.com" """,
            line);
        Assert.Contains(" route=shop/shop/0/0 service=shop/web:80 ", line, StringComparison.Ordinal);
        Assert.EndsWith(" retries=0 generation=1\n", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "\\u001B[2J")]
    [InlineData("text", "\\x1B[2J")]
    public async Task ControlCharacters_AreEscaped(string format, string escaped)
    {
        await using (var gateway = await StartAsync(format, "--echo"))
        {
            await RawHttp.SendAsync(gateway.Http, "GET / HTTP/1.1\r\nHost: shop.example.com\r\nUser-Agent: \u001b[2J\r\nConnection: close\r\n\r\n");
        }

        var line = await File.ReadAllTextAsync(LogFile);
        Assert.Contains(escaped, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line);
    }

    [Fact]
    public async Task Ingress_ThatWantsNoLog_HasNone()
    {
        _folder.Write("quiet.yaml", ManifestText.Shop("quiet.example.com")
            .Replace("  name: shop\n", "  name: quiet\n  annotations: { ingress.routing/access-log: \"false\" }\n", StringComparison.Ordinal));
        await using (var gateway = await StartAsync("json", "--echo"))
        {
            Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "quiet.example.com", "/cart")).Status);
            Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/cart")).Status);
        }

        var entry = JsonDocument.Parse(await File.ReadAllTextAsync(LogFile)).RootElement;
        Assert.Equal("shop.example.com", entry.GetProperty("host").GetString());
    }

    [Fact]
    public async Task File_ThatIsRenamed_IsFollowed()
    {
        await using var gateway = await StartAsync("json", "--echo");
        await GetAsync(gateway, "/one");
        await LineAsync(LogFile, "/one");

        File.Move(LogFile, LogFile + ".1");
        await GetAsync(gateway, "/two");

        await LineAsync(LogFile, "/two");
        Assert.DoesNotContain("/two", await File.ReadAllTextAsync(LogFile + ".1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsCopiedAndEmptied_GoesOnAtItsBeginning()
    {
        await using var gateway = await StartAsync("json", "--echo");
        await GetAsync(gateway, "/one");
        await LineAsync(LogFile, "/one");

        await using (var file = new FileStream(LogFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(0);
        }

        await GetAsync(gateway, "/two");

        Assert.StartsWith("{", await LineAsync(LogFile, "/two"), StringComparison.Ordinal);
    }

    [FactWithSignals]
    public async Task Hangup_OpensTheFileAgain_AtOnce()
    {
        using var gateway = await GatewayProcess.StartAsync(
            _home.Path, "--manifests", _folder.Path, "--echo", "--access-log", "json", "--access-log-file", LogFile);
        File.Move(LogFile, LogFile + ".1");

        await gateway.SignalAsync("HUP");

        await Eventually.Holds(() => File.Exists(LogFile), "a new file without a request");
        Assert.False(gateway.HasExited);
        await gateway.SignalAsync(GatewayProcess.Terminate);
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task StandardOutput_HasNothingButTheLog()
    {
        var output = new LineWriter();
        var error = new LineWriter();
        using var stop = new CancellationTokenSource();
        var exit = CommandLine.GatewayCommandLine.InvokeAsync(
            ["run", "--manifests", _folder.Path, "--http", "127.0.0.1:0", "--echo", "--access-log", "json"], TextReader.Null, output, error, stop.Token);
        var start = await error.ReadToAsync("Ready.");
        const string Listening = "Listening on http://";
        var address = start.Single(static line => line.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..];

        Assert.Equal(200, (await RawHttp.GetAsync(System.Net.IPEndPoint.Parse(address), "shop.example.com", "/one")).Status);
        await stop.CancelAsync();

        Assert.Equal(0, await exit);
        var entry = JsonDocument.Parse(output.Text).RootElement;
        Assert.Equal("/one", entry.GetProperty("path").GetString());
    }

    [Fact]
    public async Task FileThatCannotBeWritten_EndsTheStart()
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--http", "127.0.0.1:0", "--access-log", "json", "--access-log-file", _home.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileWithoutLog_IsWrongUsage()
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--access-log-file", LogFile);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--access-log-file needs --access-log.", result.Error, StringComparison.Ordinal);
    }

    private Task<RunningGateway> StartAsync(string format, params string[] args)
        => RunningGateway.StartHttpAsync(_folder.Path, ["--access-log", format, "--access-log-file", LogFile, .. args]);

    private static async Task GetAsync(RunningGateway gateway, string path)
        => Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "shop.example.com", path)).Status);

    private static async Task<string> LineAsync(string file, string part)
    {
        var text = "";
        await Eventually.Holds(
            () => File.Exists(file) && (text = File.ReadAllText(file)).Contains(part, StringComparison.Ordinal), $"a line with {part} in {file}");
        return text;
    }
}
