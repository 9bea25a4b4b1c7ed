using Ingress.Routing.Forwarding.Tests.Backends;
using Stream2 = Ingress.Routing.Forwarding.Tests.Support.RawHttp2Backend.Stream2;

namespace Ingress.Routing.Forwarding.Tests.Faults;

/// <summary>A backend that does one thing wrong over HTTP/2: what the client sees, and what is sent again.</summary>
public sealed class Http2FaultTests
{
    // A stream that breaks takes what was not read yet along: whether the client has got a byte of the response is a matter of time.
    private const string Broken = "502 or broken off";

    private static readonly Dictionary<string, Func<Stream2, Task>> s_faults = new()
    {
        ["refuses the stream"] = static stream => stream.ResetAsync(RawHttp2Backend.RefusedStream),
        ["resets the stream"] = static stream => stream.ResetAsync(RawHttp2Backend.InternalError),
        ["wants calm"] = static stream => stream.ResetAsync(RawHttp2Backend.EnhanceYourCalm),
        ["goes away before it"] = static async stream =>
        {
            await stream.GoAwayAsync(0, RawHttp2Backend.NoError);
            stream.Close();
        },
        ["goes away with an error"] = static async stream =>
        {
            await stream.GoAwayAsync(stream.Id, RawHttp2Backend.InternalError);
            stream.Close();
        },
        ["closes the connection"] = static stream =>
        {
            stream.Close();
            return Task.CompletedTask;
        },
        ["resets the connection"] = static stream =>
        {
            stream.Abort();
            return Task.CompletedTask;
        },
        ["sends bytes without sense"] = static async stream =>
        {
            await stream.GarbageAsync();
            stream.Close();
        },
        ["resets the stream in the body"] = static async stream =>
        {
            await stream.BeginAsync();
            await stream.ResetAsync(RawHttp2Backend.InternalError);
        },
        ["closes the connection in the body"] = static async stream =>
        {
            await stream.BeginAsync();
            stream.Close();
        },
    };

    public static TheoryData<string, string, string, string> Rows { get; } = new()
    {
        // The fault; what a request gets from it alone; what GET and POST without a body get with a good endpoint beside it.
        { "refuses the stream", "502", "200", "200" },
        { "resets the stream", "502", "502", "502" },
        { "wants calm", "502", "502", "502" },
        { "goes away before it", "502", "200", "502" }, // HttpClient has asked four times by then
        { "goes away with an error", "502", "502", "502" },
        { "closes the connection", "502", "200", "502" },
        { "resets the connection", "502", "200", "502" },
        { "sends bytes without sense", "502", "502", "502" },
        { "resets the stream in the body", Broken, Broken, Broken },
        { "closes the connection in the body", Broken, Broken, Broken },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Fault_IsSeenAsTheTableSays(string fault, string alone, string getBeside, string postBeside)
    {
        await using var faulty = new RawHttp2Backend((stream, _) => s_faults[fault](stream));
        await using var good = new RawHttp2Backend(static (stream, _) => stream.OkAsync());
        await using var proxy = await StartAsync(faulty.Port);
        var isOfBody = alone == Broken;
        Assert.Equal(alone, await OutcomeAsync(proxy, HttpMethod.Get, isOfBody));
        Assert.Equal(alone, await OutcomeAsync(proxy, HttpMethod.Post, isOfBody));

        proxy.Publish(SnapshotOf(faulty.Port, good.Port));

        foreach (var (method, expected) in new[] { (HttpMethod.Get, getBeside), (HttpMethod.Post, postBeside) })
        {
            var outcomes = new[] { await OutcomeAsync(proxy, method, isOfBody), await OutcomeAsync(proxy, method, isOfBody) };
            Assert.Contains("200", outcomes);
            Assert.Contains(expected, outcomes);
            Assert.Equal(expected == "200" ? 2 : 1, outcomes.Count(static outcome => outcome == "200"));
        }
    }

    [Fact]
    public async Task RefusedStreams_EndForGood_AtTheOnlyEndpoint()
    {
        await using var refusing = new RawHttp2Backend(static (stream, _) => stream.ResetAsync(RawHttp2Backend.RefusedStream));
        await using var proxy = await StartAsync(refusing.Port);

        Assert.Equal("502", await OutcomeAsync(proxy, HttpMethod.Get));

        Assert.InRange(refusing.Streams, 1, 5); // HttpClient asks again by itself
    }

    [Fact]
    public async Task ConnectionOfTheOnlyEndpointThatEnds_IsReplaced_ForWhatMayBeRepeated()
    {
        await using var ending = new RawHttp2Backend(static async (stream, ordinal) =>
        {
            if (ordinal % 2 == 1)
            {
                stream.Abort();
                return;
            }

            await stream.OkAsync();
        });
        await using var proxy = await StartAsync(ending.Port);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("200", await OutcomeAsync(proxy, HttpMethod.Get));
        }
    }

    [Fact]
    public async Task BackendThatGoesAway_LosesNothing()
    {
        // Every third stream is answered with the end of its connection in front, as a server does that is being stopped.
        await using var leaving = new RawHttp2Backend(static async (stream, ordinal) =>
        {
            if (ordinal % 3 == 2)
            {
                await stream.GoAwayAsync(stream.Id, RawHttp2Backend.NoError);
            }

            await stream.OkAsync();
        });
        await using var proxy = await StartAsync(leaving.Port);

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal("200", await OutcomeAsync(proxy, i % 2 == 0 ? HttpMethod.Get : HttpMethod.Post));
        }

        Assert.Equal(30, leaving.Streams);
        Assert.InRange(leaving.Connections, 10, 11);
    }

    private static Task<Proxy> StartAsync(params int[] ports) => Proxy.StartAsync(
        SnapshotOf(ports),
        static options =>
        {
            options.LoadBalancingPolicy = "RoundRobin";
            options.Health = new() { SlowStart = TimeSpan.Zero };
        });

    private static ClusterSnapshot SnapshotOf(params int[] ports) => Site.Of(ports) with { Services = [Some.Service("t/web", appProtocol: "h2c")] };

    private static async Task<string> OutcomeAsync(Proxy proxy, HttpMethod method, bool isOfBody = false)
    {
        try
        {
            using var request = Site.Request(method);
            using var response = await proxy.Client.SendAsync(request).InTime();
            return response.IsSuccessStatusCode || !isOfBody ? ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture) : Broken;
        }
        catch (HttpRequestException)
        {
            return Broken;
        }
    }
}
