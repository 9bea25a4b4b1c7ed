using System.Text.Json;
using Ingress.Routing.Gateway.Serving;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Gateway.Tests.Observability;

public sealed class JsonLogTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EverythingThatIsWritten_IsJson()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        var output = new LineWriter();
        var error = new LineWriter();
        using var stop = new CancellationTokenSource();
        var exit = CommandLine.GatewayCommandLine.InvokeAsync(
            ["run", "--manifests", _folder.Path, "--http", "127.0.0.1:0", "--backend", "shop/web:80=http://127.0.0.1:1", "--log-format", "json", "--verbose"],
            TextReader.Null, output, error, stop.Token);
        await Eventually.Holds(() => output.Text.Contains("\"Ready.\"", StringComparison.Ordinal), "that it is ready");
        const string Listening = "Listening on http://";
        var address = Lines(output).Select(Message).Single(static line => line.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..];

        Assert.Equal(502, (await RawHttp.GetAsync(System.Net.IPEndPoint.Parse(address), "shop.example.com", "/")).Status);
        await stop.CancelAsync();
        Assert.Equal(0, await exit);

        var entries = Lines(output).Concat(Lines(error)).ToList();
        Assert.All(entries, static entry =>
        {
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", entry.GetProperty("time").GetString());
            Assert.NotEmpty(entry.GetProperty("level").GetString()!);
        });
        var failure = Assert.Single(entries, static entry => entry.TryGetProperty("event", out var name) && name.GetString() == "Failed");
        Assert.Equal("warning", failure.GetProperty("level").GetString());
        Assert.Equal("shop/web:80", failure.GetProperty("fields").GetProperty("Service").GetString());
        Assert.Contains(entries, static entry => Message(entry).StartsWith("Stopping", StringComparison.Ordinal));
    }

    [Fact]
    public void Throttle_CausesOfOneEvent_DoNotHideEachOther()
    {
        var throttle = new LogThrottle(TimeProvider.System);

        Assert.InRange(Enumerable.Range(0, 100).Count(_ => throttle.TryPass("Forwarding", new EventId(1, "Failed"), "shop/web", out var _)), 10, 99);
        Assert.True(throttle.TryPass("Forwarding", new EventId(1, "Failed"), "shop/other", out var _));
    }

    private static IEnumerable<JsonElement> Lines(LineWriter writer)
        => writer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement);

    private static string Message(JsonElement entry) => entry.GetProperty("message").GetString()!;
}
