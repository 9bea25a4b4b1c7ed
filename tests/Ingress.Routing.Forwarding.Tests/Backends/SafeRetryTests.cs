using System.Net;
using Ingress.Routing.Forwarding.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.LoadBalancing;

namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>What is sent once more on routes whose annotations say nothing about it.</summary>
public sealed class SafeRetryTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task RefusedConnection_GoesOn_WhateverTheMethodAndTheBody(string method)
    {
        using var refusing = new RefusingEndpoint();
        await using var good = await Backend.StartAsync(static async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"got {await reader.ReadToEndAsync()}");
        });
        await using var proxy = await StartAsync([refusing.Port, good.Port]);

        for (var i = 0; i < 20; i++)
        {
            using var request = Site.Request(new(method), content: method == "GET" ? null : new StringContent("body"));
            using var response = await proxy.Client.SendAsync(request).InTime();

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(method == "GET" ? "got " : "got body", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task RefusedConnection_WhereRetriesAreOff_Fails()
    {
        using var refusing = new RefusingEndpoint();
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await StartAsync([refusing.Port, good.Port], retries: false);

        var answers = new[] { await proxy.StatusAsync(), await proxy.StatusAsync() };

        Assert.Equal([200, 502], answers.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeptConnectionThatIsClosed_IsAskedAnew_OverANewOne(bool resets)
    {
        await using var backend = FaultyBackend.ClosingKept(answered: 1, resets);
        await using var proxy = await StartAsync([backend.Port]);

        for (var i = 0; i < 60; i++)
        {
            Assert.Equal("200 ok", await proxy.GetAsync());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeptConnectionsThatAreClosed_FailNothing_WithManyAtATime(bool resets)
    {
        await using var backend = FaultyBackend.ClosingKept(answered: 3, resets);
        await using var proxy = await StartAsync([backend.Port]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(async _ =>
        {
            var statuses = new List<string>();
            for (var i = 0; i < 25; i++)
            {
                statuses.Add(await proxy.GetAsync());
            }

            return statuses;
        }));

        Assert.Equal(["200 ok"], answers.SelectMany(static statuses => statuses).Distinct());
    }

    [Theory]
    [InlineData("POST", false, false)]
    [InlineData("POST", true, false)]
    [InlineData("POST", false, true)]
    [InlineData("PUT", false, true)]
    [InlineData("PATCH", true, false)]
    public async Task KeptConnectionThatIsClosed_IsNotAskedAgain_WhatMayNotBeRepeated(string method, bool resets, bool hasBody)
    {
        await using var backend = FaultyBackend.ClosingKept(answered: 1, resets);
        await using var proxy = await StartAsync([backend.Port]);
        Assert.Equal("200 ok", await proxy.GetAsync());

        Assert.Equal(502, await proxy.StatusAsync(new(method), hasBody ? new StringContent("body") : null));

        Assert.Single(backend.Requests, request => request.StartsWith(method, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", false, 1)]
    [InlineData("GET", true, 1)]
    [InlineData("POST", false, 1)]
    [InlineData("POST", true, 1)]
    public async Task NewConnectionThatIsClosed_OfTheOnlyEndpoint_IsAskedOnce(string method, bool resets, int expected)
    {
        await using var backend = FaultyBackend.Closing(resets);
        await using var proxy = await StartAsync([backend.Port]);

        Assert.Equal(502, await proxy.StatusAsync(new(method)));
        Assert.Equal(expected, backend.Requests.Count);
    }

    [Theory]
    [InlineData("GET", 0)]
    [InlineData("DELETE", 0)]
    [InlineData("POST", 1)]
    [InlineData("PURGE", 1)]
    public async Task NewConnectionThatIsClosed_GoesOn_WhereTheMethodMayBeRepeated(string method, int expectedFailures)
    {
        await using var closing = FaultyBackend.Closing(resets: true);
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await StartAsync([closing.Port, good.Port]);

        var answers = new[] { await proxy.StatusAsync(new(method)), await proxy.StatusAsync(new(method)) };

        Assert.Equal(expectedFailures, answers.Count(static status => status == 502));
        Assert.Single(closing.Requests);
    }

    [Fact]
    public async Task ResponseThatBeginsAndBreaks_IsNotAskedForAgain()
    {
        await using var breaking = new FaultyBackend(static async (connection, _) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 O");
            connection.Reset();
            return false;
        });
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await StartAsync([breaking.Port, good.Port]);

        Assert.Equal([200, 502], new[] { await proxy.StatusAsync(), await proxy.StatusAsync() }.Order());
    }

    [Fact]
    public async Task AllEndpointsThatRefuse_AreTriedThreeOfThem_AndEachIsInTheLog()
    {
        using var a = new RefusingEndpoint();
        using var b = new RefusingEndpoint();
        using var c = new RefusingEndpoint();
        using var d = new RefusingEndpoint();
        var log = new LogLines();
        await using var proxy = await StartAsync([a.Port, b.Port, c.Port, d.Port], log: log);

        Assert.Equal(502, await proxy.StatusAsync());

        await Eventually.Holds(() => log.Entries.Any(static line => line.Contains("Status 502", StringComparison.Ordinal)), "the line is there");
        var line = log.Entries.Single(static line => line.Contains("Status 502", StringComparison.Ordinal));
        Assert.Equal(3, new[] { a.Port, b.Port, c.Port, d.Port }.Count(port => line.Contains($"endpoint http://127.0.0.1:{port}:", StringComparison.Ordinal)
            || line.Contains($"http://127.0.0.1:{port} (Connection refused", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EmptyEndOfAWebSocket_IsNoFailure()
    {
        // A client that speaks HTTP over its socket must not make an end look like a missing answer.
        await using var backend = new FaultyBackend(static async (connection, _) =>
        {
            await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await connection.ReadUntilAsync("bye");
            return false;
        });
        await using var proxy = await StartAsync([backend.Port]);
        using var client = await proxy.ConnectAsync();
        await client.Connection.WriteAsync(
            "GET /app HTTP/1.1\r\nHost: shop.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        await client.Connection.ReadHeadAsync().InTime();

        await client.Connection.WriteAsync("\u0081bye");

        Assert.Equal(("", false), await client.Connection.ReadToEndAsync().InTime());
    }

    [Fact]
    public void Budget_IsAShareOfTheRequests_AndALittleEachSecond()
    {
        var budget = new RetryBudget();
        var now = System.Diagnostics.Stopwatch.GetTimestamp();
        var second = System.Diagnostics.Stopwatch.Frequency;
        var requests = 0L;
        while (budget.TryTake(requests, now))
        {
        }

        // A thousand requests a second, all of which would be sent again.
        var taken = 0;
        for (var i = 0; i < 10; i++)
        {
            now += second;
            for (var j = 0; j < 1000; j++)
            {
                requests++;
                taken += budget.TryTake(requests, now) ? 1 : 0;
            }
        }

        Assert.InRange(taken, 2000, 2200);
    }

    private static Task<Proxy> StartAsync(int[] ports, bool retries = true, LogLines? log = null) => Proxy.StartAsync(
        Site.Of(ports),
        options =>
        {
            options.Retries = retries;
            options.LoadBalancingPolicy = LoadBalancingPolicies.RoundRobin;
        },
        services => services.AddLogging(logging =>
        {
            if (log is not null)
            {
                logging.AddProvider(log);
            }
        }));
}
