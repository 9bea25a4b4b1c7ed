using System.Net.Sockets;
using Ingress.Routing.Gateway.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Gateway.Tests;

public sealed class LogTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 28, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Format_ExceptionAndControlCharacters_IsOneLine()
    {
        var failure = new IOException("broken\u001b[2J\npipe", new SocketException((int)SocketError.ConnectionReset));

        var text = Format(withStacks: false, "a\rb", failure);

        Assert.StartsWith(
            "2026-11-28T07:00:00.000Z warning Test: a\\u000Db | IOException: broken\\u001B[2J\\u000Apipe | SocketException: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public void Format_WithStacks_HasThemBelow()
    {
        var text = Format(withStacks: true, "a", new IOException("b"));

        Assert.EndsWith("| IOException: b\n    System.IO.IOException: b", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Throttle_ManyOfAKind_LetsTenThroughAndThenOneASecond()
    {
        var throttle = new LogThrottle(_time);

        Assert.Equal(10, Enumerable.Range(0, 1_000).Count(_ => throttle.TryPass("Noise", 1, "", out var _)));
        Assert.True(throttle.TryPass("Noise", 2, "", out var _));
        Assert.Equal(990, throttle.Suppressed);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(throttle.TryPass("Noise", 1, "", out var suppressed));
        Assert.Equal(990, suppressed);
        Assert.False(throttle.TryPass("Noise", 1, "", out var _));
    }

    [Fact]
    public async Task Verbose_Request_IsLoggedWithoutItsQuery()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo", "--verbose");
        await using (gateway)
        {
            Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/cart?token=SECRET")).Status);
        }

        Assert.Contains("GET http://shop.example.com/cart HTTP/1.1: 200 in ", gateway.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", gateway.Error + gateway.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("prior-knowledge", gateway.Error + gateway.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_RequestOfAnIngressThatWantsNoLog_IsNotLogged()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _folder.Write("quiet.yaml", ManifestText.Shop("quiet.example.com")
            .Replace("  name: shop\n", "  name: quiet\n  annotations: { ingress.routing/access-log: \"false\" }\n", StringComparison.Ordinal));
        var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo", "--verbose");
        await using (gateway)
        {
            Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "quiet.example.com", "/cart")).Status);
            Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/cart")).Status);
        }

        Assert.Contains("GET http://shop.example.com/cart HTTP/1.1: 200 in ", gateway.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GET http://quiet.example.com", gateway.Error, StringComparison.Ordinal);
    }

    private string Format(bool withStacks, string message, Exception exception)
    {
        return new LogFormatter(_time, withStacks).Format(new LogEntry<string>(LogLevel.Warning, "Test", 1, message, exception, static (state, _) => state), 0);
    }
}
