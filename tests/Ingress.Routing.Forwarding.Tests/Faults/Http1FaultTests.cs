using Ingress.Routing.Forwarding.Tests.Backends;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests.Faults;

/// <summary>A backend that does one thing wrong: what the client sees, what is sent again, and what the log says.</summary>
public sealed class Http1FaultTests
{
    private const string Broken = "broken off";

    public static TheoryData<string, string, string, string, string> Rows { get; } = new()
    {
        // The fault; what a GET gets from it alone; what a GET gets with a good endpoint beside it; what a POST with a body gets from it alone; what the log says.
        { "closes instead of answering", "502", "200", "502", "closed the connection without an answer" },
        { "resets instead of answering", "502", "200", "502", "closed the connection without an answer" },
        { "closes a kept connection", "200", "200", "502", "closed a kept connection instead of answering" },
        { "resets a kept connection", "200", "200", "502", "closed a kept connection instead of answering" },
        { "closes in the head", "502", "502", "502", "The response ended prematurely" },
        { "resets in the head", "502", "502", "502", "reset by peer" },
        { "closes in the body", Broken, Broken, Broken, "the response broke off" },
        { "resets in the body", Broken, Broken, Broken, "the response broke off" },
        { "never answers", "504", "504", "504", "no answer in time" },
        { "stops in the head", "504", "504", "504", "no answer in time" },
        { "stops in the body", Broken, Broken, Broken, "the response broke off" },
        { "trickles its head", "504", "504", "504", "no answer in time" },
        { "speaks something else", "502", "502", "502", "invalid status line" },
        { "sends bytes without sense", "502", "502", "502", "invalid status line" },
        { "sends a chunk that is none", "502", "502", "502", "the response broke off" }, // before a byte of it was sent on
        { "sends a length that is none", "502", "502", "502", "Content-Length 'two'" },
        { "sends less than its length", Broken, Broken, Broken, "the response broke off" },
        { "floods interim answers", "502", "502", "502", "exceeded" },
        { "floods headers", "502", "502", "502", "exceeded" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Fault_IsSeenAsTheTableSays(string fault, string alone, string beside, string withBody, string logged)
    {
        await using var faulty = Http1Faults.Start(fault);
        await using var good = await Backend.StartAsync("ok");
        var log = new LogLines(LogLevel.Information);
        await using var proxy = await Proxy.StartAsync(
            Site.Of([faulty.Port]),
            static options =>
            {
                options.Health = new() { SlowStart = TimeSpan.Zero };
                options.ActivityTimeout = TimeSpan.FromMilliseconds(700);
                options.LoadBalancingPolicy = "RoundRobin";
            },
            services => services.AddLogging(logging => logging.AddProvider(log)));
        var isOfKept = fault.Contains("kept", StringComparison.Ordinal);
        if (isOfKept)
        {
            Assert.Equal("200", await OutcomeAsync(proxy, HttpMethod.Get));
        }

        var before = faulty.Requests.Count;
        Assert.Equal(withBody, await OutcomeAsync(proxy, HttpMethod.Post));
        Assert.Equal(1, faulty.Requests.Count - before); // whatever happens, it is sent once

        // The line may come a moment after the answer, and once.
        await Eventually.Holds(() => LinesWith("Status ", logged) > 0, "it is logged");
        Assert.Equal(1, LinesWith("Status ", logged));
        if (isOfKept)
        {
            Assert.Equal("200", await OutcomeAsync(proxy, HttpMethod.Get));
        }

        before = faulty.Requests.Count;
        Assert.Equal(alone, await OutcomeAsync(proxy, HttpMethod.Get));
        Assert.Equal(isOfKept ? 2 : 1, faulty.Requests.Count - before);

        proxy.Publish(Site.Of([faulty.Port, good.Port]));
        var outcomes = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            outcomes.Add(await OutcomeAsync(proxy, HttpMethod.Get));
        }

        Assert.Contains("200", outcomes);
        Assert.Contains(beside, outcomes);
        Assert.Equal(beside == "200" ? 2 : 1, outcomes.Count(static outcome => outcome == "200"));
        if (beside == "200" || isOfKept)
        {
            Assert.NotEqual(0, LinesWith("Trying http", logged));
        }

        int LinesWith(string first, string second)
            => log.Entries.Count(line => line.Contains(first, StringComparison.Ordinal) && line.Contains(second, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task MoreThanItsLength_IsCutOff_AndReachesNoOtherRequest()
    {
        await using var lying = new FaultyBackend(static async (connection, _) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            return true;
        });
        await using var proxy = await Site.StartAsync([lying.Port]);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("200 ok", await proxy.GetAsync());
        }
    }

    private static async Task<string> OutcomeAsync(Proxy proxy, HttpMethod method)
    {
        try
        {
            using var request = Site.Request(method, content: method == HttpMethod.Post ? new StringContent("body") : null);
            using var response = await proxy.Client.SendAsync(request).InTime();
            return ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            return Broken;
        }
    }
}
