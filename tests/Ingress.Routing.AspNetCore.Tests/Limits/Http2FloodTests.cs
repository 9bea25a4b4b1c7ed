using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore.Tests.Limits;

/// <summary>What is known to bring servers of HTTP/2 down, sent over raw sockets.</summary>
public sealed class Http2FloodTests : IAsyncLifetime
{
    // What the buffers of the operating system take on both sides, and then some.
    private const long MostTaken = 32 * 1024 * 1024;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private LimitedSite _site = null!;

    public async Task InitializeAsync() => _site = await LimitedSite.StartAsync(
        static limits => limits.QueueTimeout = TimeSpan.FromMilliseconds(50),
        build: static builder => builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(2)));

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task RapidReset_EndsTheConnection()
    {
        using var client = await FloodingClient.ConnectAsync(_site.EndPoint);
        var reading = client.ReadToEndAsync(static (_, _, _, _) => { }, _deadline.Token);

        var (_, isClosed) = await client.FloodAsync(
            static i => [.. FloodingClient.Get((2 * i) + 1, "/wait"), .. FloodingClient.Frame(FloodingClient.Reset, 0, (2 * i) + 1, [0, 0, 0, 8])],
            TimeSpan.FromSeconds(20));

        Assert.True(isClosed);
        await reading;
        await ServesOthersAsync();
    }

    // A client that gives up now and then, as one with deadlines does, is no attack.
    [Fact]
    public async Task Reset_AmongAnsweredRequests_IsServed()
    {
        using var client = await FloodingClient.ConnectAsync(_site.EndPoint);
        using var answered = new SemaphoreSlim(0);
        var reading = client.ReadToEndAsync(
            (type, flags, _, _) =>
            {
                if (type == FloodingClient.Data && (flags & FloodingClient.EndStream) != 0)
                {
                    answered.Release();
                }
            },
            _deadline.Token);
        for (var i = 0; i < 400; i++)
        {
            var stream = (6 * i) + 1;
            await client.Stream.WriteAsync((byte[])
            [
                .. FloodingClient.Get(stream, "/wait"), .. FloodingClient.Frame(FloodingClient.Reset, 0, stream, [0, 0, 0, 8]),
                .. FloodingClient.Get(stream + 2, "/"), .. FloodingClient.Get(stream + 4, "/"),
            ]);
            Assert.True(await answered.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.True(await answered.WaitAsync(TimeSpan.FromSeconds(30)));
        }

        client.Dispose();
        await reading;
    }

    [Theory]
    [InlineData(FloodingClient.Settings, 0)]
    [InlineData(FloodingClient.Ping, 8)]
    public async Task FramesThatAreAcknowledged_NobodyReads_AreNotTakenForEver(byte type, int length)
    {
        var frame = FloodingClient.Frame(type, 0, 0, new byte[length]);
        byte[] many = [.. Enumerable.Repeat(frame, 1000).SelectMany(static bytes => bytes)];
        using var client = await FloodingClient.ConnectAsync(_site.EndPoint);

        var (bytes, _) = await client.FloodAsync(_ => many, TimeSpan.FromSeconds(4));

        Assert.InRange(bytes, 0, MostTaken);
        await ServesOthersAsync();
    }

    [Theory]
    [InlineData(1000)] // headers without end
    [InlineData(0)] // and without anything in them
    public async Task Continuation_EndsTheConnection(int length)
    {
        var part = FloodingClient.Frame(FloodingClient.Continuation, 0, 1, Repeat([0, 1, (byte)'a', 1, (byte)'b'], length));
        byte[] many = [.. Enumerable.Repeat(part, 100).SelectMany(static bytes => bytes)];
        using var client = await FloodingClient.ConnectAsync(_site.EndPoint);
        await client.Stream.WriteAsync(FloodingClient.Get(1, "/", FloodingClient.EndStream));
        var reading = client.ReadToEndAsync(static (_, _, _, _) => { }, _deadline.Token);

        var (_, isClosed) = await client.FloodAsync(_ => many, TimeSpan.FromSeconds(20));

        Assert.True(isClosed);
        await reading;
        await ServesOthersAsync();
    }

    [Fact]
    public async Task ManyStreams_AreServedAHundredAtATime()
    {
        using var client = await FloodingClient.ConnectAsync(_site.EndPoint);
        var refused = 0;
        var reading = client.ReadToEndAsync(
            (type, _, _, _) => refused += type == FloodingClient.Reset ? 1 : 0,
            _deadline.Token);
        await client.Stream.WriteAsync((byte[])[.. Enumerable.Range(0, 150).SelectMany(static i => FloodingClient.Get((2 * i) + 1, "/wait"))]);
        await LimitedSite.UntilAsync(() => refused >= 50);

        Assert.Equal(100, _site.Gate.Requests);
        await ServesOthersAsync();
        client.Dispose();
        await reading;
        await LimitedSite.UntilAsync(() => _site.Gate.Requests == 0);
    }

    private async Task ServesOthersAsync() => Assert.Equal(200, (await _site.GetAsync("/")).Status);

    private static byte[] Repeat(byte[] bytes, int length) => [.. Enumerable.Repeat(bytes, length / bytes.Length).SelectMany(static part => part)];
}
