using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>A failure is one line that says which request, which way and why; its stack trace is there on request.</summary>
public sealed class FailureLogTests
{
    [Fact]
    public async Task Failure_IsOneLine()
    {
        using var refusing = new RefusingEndpoint();
        var log = await FailAsync(LogLevel.Information, refusing.Port);

        var entry = Assert.Single(log.Entries, static entry => entry.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Matches(
            $"^Warning Ingress.Routing.Forwarding.RouteForwarder: Status 502 for request \\S+: host 'shop.test', route '\\S+', "
            + $"Service 'default/web:80', endpoint http://127.0.0.1:{refusing.Port}: no answer: Connection refused[^\\n]*\\.$",
            entry);
        Assert.DoesNotContain("   at ", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_AtDebug_HasItsStackTrace()
    {
        using var refusing = new RefusingEndpoint();
        var log = await FailAsync(LogLevel.Debug, refusing.Port);

        var entry = Assert.Single(log.Entries, static entry => entry.Contains("Ingress.Routing.Forwarding.RouteForwarder: What went wrong", StringComparison.Ordinal));
        Assert.Contains("   at System.Net.Http", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingEndpoint_IsOneLine()
    {
        var log = await FailAsync(LogLevel.Information);

        var entry = Assert.Single(log.Entries, static entry => entry.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Matches("Status 503 for request \\S+: host 'shop.test', .*endpoint none: the Service has no ready endpoint\\.$", entry);
    }

    [Fact]
    public async Task ControlCharactersOfTheBackend_AreEscaped()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync("HTTP/1.1 2\u001B[2J\u0007 x\r\n\r\n"));
        var log = await FailAsync(LogLevel.Warning, backend.Port);

        var entry = Assert.Single(log.Entries);
        Assert.Contains("\\u001B", entry, StringComparison.Ordinal);
        Assert.DoesNotContain(entry, char.IsControl);
    }

    private static async Task<LogLines> FailAsync(LogLevel level, params int[] ports)
    {
        var log = new LogLines(level);
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(ports),
            services: services => services.AddLogging(logging => logging.SetMinimumLevel(level)).AddSingleton<ILoggerProvider>(log));
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 50", await client.GetAsync("/"), StringComparison.Ordinal);
        return log;
    }
}
