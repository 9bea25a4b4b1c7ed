using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

public sealed class ListenIngressHttpTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(
        Some.Snapshot(Some.Ingress("shop/web", [Some.Rule(null, Some.Prefix("/"))])),
        ingress => ingress.ConfigureIngressEndpoints(endpoint => endpoint.RequestDelegate = AnswerAsync),
        builder =>
        {
            _log.AddTo(builder.Logging);
            builder.WebHost.ListenIngressHttp(new IPEndPoint(IPAddress.Loopback, 0));
        });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Request_EachVersion_IsAnsweredOnTheSamePort(string version)
    {
        using var client = Client(version);

        var answer = await client.GetStringAsync("/a%2Fb");

        Assert.Equal($"HTTP/{(version == "2.0" ? "2" : "1.1")} http /a%2Fb 127.0.0.1 {_site.Port}", answer);
    }

    [Fact]
    public void Addresses_RealOneComesFirst()
    {
        Assert.Equal(["127.0.0.1", "http2-with-prior-knowledge"], _site.App.Urls.Select(url => new Uri(url).Host));
    }

    [Fact]
    public async Task Request_ManyOverOneHttp2Connection_AreAllAnswered()
    {
        using var client = Client("2.0");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.GetStringAsync($"/{i}")));

        Assert.Equal(50, answers.Distinct().Count());
        Assert.All(answers, answer => Assert.StartsWith("HTTP/2 ", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_BothVersionsAtOnce_DoNotDisturbEachOther()
    {
        using var old = Client("1.1");
        using var current = Client("2.0");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? old : current).GetStringAsync("/")));

        Assert.Equal(50, answers.Count(answer => answer.StartsWith("HTTP/2 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Request_LargeBodyOverHttp2_ArrivesWhole()
    {
        using var client = Client("2.0");
        var body = new byte[3_000_000];
        new Random(1).NextBytes(body);

        var response = await client.PostAsync("/body", new ByteArrayContent(body));

        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PRINT")]
    [InlineData("PRI")]
    public async Task Request_MethodThatBeginsLikeThePreface_IsHttp1(string method)
    {
        var response = await RawResponse.SendAsync(
            _site.Port, $"{method} /x HTTP/1.1\r\nHost: h.test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.Equal((200, $"HTTP/1.1 http /x 127.0.0.1 {_site.Port}"), (response.Status, response.Body));
    }

    [Theory]
    [InlineData("P|OST /x HTTP/1.1\r\nHost: h.test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("G|E|T| /x HTTP/1.1\r\nHo|st: h.test\r\nConnection: close\r\n\r|\n")]
    public async Task Request_InPieces_IsAnswered(string pieces)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = await ConnectAsync(timeout.Token);
        client.NoDelay = true;
        foreach (var piece in pieces.Split('|'))
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(piece), timeout.Token);
            await PieceArrivesAsync(timeout.Token);
        }

        var response = await RawResponse.ReadAsync(client.GetStream(), timeout.Token);

        Assert.Equal((200, $"HTTP/1.1 http /x 127.0.0.1 {_site.Port}"), (response.Status, response.Body));
    }

    [Fact]
    public async Task Preface_InPieces_IsHttp2()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = await ConnectAsync(timeout.Token);
        client.NoDelay = true;
        foreach (var piece in new[] { "P", "RI * HTTP/2.0\r\n", "\r\nSM\r\n\r\n" })
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(piece), timeout.Token);
            await PieceArrivesAsync(timeout.Token);
        }

        // An empty SETTINGS frame; the server sends its own at once: type 4, stream 0.
        await client.GetStream().WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, timeout.Token);
        var frame = new byte[9];
        await client.GetStream().ReadExactlyAsync(frame, timeout.Token);

        Assert.Equal(4, frame[3]);
    }

    [Fact]
    public async Task Connection_ClosedOrResetBeforeAByte_IsNoError()
    {
        using (await ConnectAsync(CancellationToken.None))
        {
        }

        using (var reset = await ConnectAsync(CancellationToken.None))
        {
            await reset.GetStream().WriteAsync("PRI"u8.ToArray());
            reset.LingerState = new LingerOption(true, 0);
        }

        using var client = Client("1.1");
        await client.GetStringAsync("/");
        await _site.App.StopAsync();

        Assert.Empty(_log.EntriesAboveDebug("Microsoft.AspNetCore.Server.Kestrel"));
    }

    [Theory]
    [InlineData("", 0.2, 3600)]
    [InlineData("PRI * HT", 3600, 0.2)]
    public async Task Connection_NeverSaysEnough_IsClosedAfterKestrelsOwnTimeouts(string start, double keepAliveSeconds, double headersSeconds)
    {
        await using var site = await TestSite.StartAsync(Some.Snapshot(), build: builder =>
        {
            builder.WebHost.ListenIngressHttp(new IPEndPoint(IPAddress.Loopback, 0));
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(keepAliveSeconds);
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(headersSeconds);
            });
        });
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.Port, timeout.Token);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(start), timeout.Token);

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], timeout.Token));
    }

    [Fact]
    public async Task Stop_WithIdleConnections_IsPrompt()
    {
        using var silent = await ConnectAsync(CancellationToken.None);
        using var undecided = await ConnectAsync(CancellationToken.None);
        await undecided.GetStream().WriteAsync("PRI * HT"u8.ToArray());
        using var idle = Client("2.0");
        await idle.GetStringAsync("/");

        // The host would wait 30 s for connections that do not close.
        await _site.App.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Stop_WithAnHttp2RequestInFlight_FinishesIt()
    {
        using var client = Client("2.0");
        var inFlight = client.GetAsync("/wait");
        await s_waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var stop = _site.App.StopAsync();
        s_release.TrySetResult();

        Assert.Equal(HttpStatusCode.OK, (await inFlight.WaitAsync(TimeSpan.FromSeconds(30))).StatusCode);
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Client_Aborts_ReachesTheRequest()
    {
        using var client = Client("2.0");
        using var abort = new CancellationTokenSource();
        var request = client.GetAsync("/until-aborted", abort.Token);
        await s_untilAborted.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await abort.CancelAsync();

        await s_aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    private static readonly TaskCompletionSource s_waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly TaskCompletionSource s_release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly TaskCompletionSource s_untilAborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly TaskCompletionSource s_aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task AnswerAsync(HttpContext context)
    {
        switch (context.GetIngressMatch()!.Match.Path.ToString())
        {
            case "/wait":
                s_waiting.TrySetResult();
                await s_release.Task;
                break;
            case "/until-aborted":
                using (context.RequestAborted.Register(static () => s_aborted.TrySetResult()))
                {
                    s_untilAborted.TrySetResult();
                    await s_aborted.Task;
                }

                break;
            case "/body":
                // Read to the end first: an echo would wait for a client that reads only after it has sent everything.
                using (var body = new MemoryStream())
                {
                    await context.Request.Body.CopyToAsync(body);
                    await context.Response.Body.WriteAsync(body.ToArray());
                }

                break;
            default:
                var connection = context.Connection;
                await context.Response.WriteAsync(
                    $"{context.Request.Protocol} {context.Request.Scheme} {context.GetIngressMatch()!.Match.Path} {connection.RemoteIpAddress} {connection.LocalPort}");
                break;
        }
    }

    // Gives the server a chance to see a piece by itself. Nothing depends on it: pieces that arrive together only test less.
    private static Task PieceArrivesAsync(CancellationToken cancellationToken) => Task.Delay(20, cancellationToken);

    private HttpClient Client(string version) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{_site.Port}"),
        DefaultRequestVersion = new Version(version),
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private async Task<TcpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _site.Port, cancellationToken);
        return client;
    }
}
