using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>Which requests go on to another endpoint when theirs fails.</summary>
public sealed class RetryTests
{
    private const string Unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy";

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task RefusedConnection_GoesOn_WhateverTheMethod(string method)
    {
        using var refusing = new RefusingEndpoint();
        await using var good = await Backend.StartAsync(static async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"got {await reader.ReadToEndAsync()}");
        });
        await using var proxy = await Site.StartAsync([refusing.Port, good.Port], ("retry-on", "error"), ("load-balancing", "round-robin"));

        for (var i = 0; i < 6; i++)
        {
            using var request = Site.Request(new(method), content: method == "GET" ? null : new StringContent("body"));
            using var response = await proxy.Client.SendAsync(request).InTime();

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(method == "GET" ? "got " : "got body", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task RefusedConnection_WhereThePolicySaysOff_Fails()
    {
        using var refusing = new RefusingEndpoint();
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await Site.StartAsync([refusing.Port, good.Port], ("load-balancing", "round-robin"), ("retry-on", "off"));

        var answers = new[] { await proxy.StatusAsync(), await proxy.StatusAsync() };

        Assert.Equal([200, 502], answers.Order());
    }

    [Fact]
    public async Task ConditionThatIsNotNamed_DoesNotGoOn()
    {
        using var refusing = new RefusingEndpoint();
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await Site.StartAsync([refusing.Port, good.Port], ("load-balancing", "round-robin"), ("retry-on", "timeout, 503"));

        var answers = new[] { await proxy.StatusAsync(), await proxy.StatusAsync() };

        Assert.Equal([200, 502], answers.Order());
    }

    [Theory]
    [InlineData("GET", "error", 200)]
    [InlineData("PUT", "error", 200)]
    [InlineData("POST", "error", 502)]
    [InlineData("POST", "error, non-idempotent", 200)]
    [InlineData("PATCH", "error", 502)]
    [InlineData("LOCK", "error", 502)]
    public async Task ConnectionThatIsReset_GoesOn_WhereTheMethodIsIdempotent(string method, string conditions, int expected)
    {
        await using var resetting = new RawBackend(static connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await Site.StartAsync([resetting.Port, good.Port], ("retry-on", conditions), ("load-balancing", "round-robin"));

        var answers = new[] { await proxy.StatusAsync(new(method)), await proxy.StatusAsync(new(method)) };

        Assert.Equal([200, expected], answers.Order());
        Assert.Single(resetting.Requests);
    }

    [Theory]
    [InlineData("503", "good", "200 good")]
    [InlineData("502, 504", null, "503 busy")]
    public async Task Status_GoesOn_WhenItIsNamed(string conditions, string? second, string expected)
    {
        await using var busy = new RawBackend(static connection => connection.WriteAsync(Unavailable));
        await using var good = await Backend.StartAsync(second ?? "good");
        await using var proxy = await Site.StartAsync([busy.Port, good.Port], ("retry-on", conditions), ("load-balancing", "round-robin"));

        var answers = new[] { await proxy.GetAsync(), await proxy.GetAsync() };

        Assert.Contains(expected, answers);
        Assert.Contains("200 good", answers);
        Assert.Single(busy.Requests);
    }

    [Fact]
    public async Task Garbage_GoesOn_AsAnInvalidResponse()
    {
        await using var garbage = new RawBackend(static connection => connection.WriteAsync("SSH-2.0-OpenSSH_9.6\r\n"));
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await Site.StartAsync([garbage.Port, good.Port], ("retry-on", "invalid-response"), ("load-balancing", "round-robin"));

        Assert.Equal(["200 good", "200 good"], [await proxy.GetAsync(), await proxy.GetAsync()]);
        Assert.Single(garbage.Requests);
    }

    [Fact]
    public async Task OnlyEndpoint_IsAskedOnce()
    {
        await using var busy = new RawBackend(static connection => connection.WriteAsync(Unavailable));
        await using var proxy = await Site.StartAsync([busy.Port], ("retry-on", "error, timeout, 503"), ("retry-tries", "0"));

        Assert.Equal("503 busy", await proxy.GetAsync());
        Assert.Single(busy.Requests);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2", 2)]
    [InlineData("0", 4)]
    [InlineData("50", 4)]
    public async Task Tries_AreAtMostThoseOfThePolicy_AndEachEndpointOnce(string tries, int expected)
    {
        var backends = Enumerable.Range(0, 4).Select(_ => new RawBackend(static connection => connection.WriteAsync(Unavailable))).ToList();
        await using var proxy = await Site.StartAsync(backends.Select(backend => backend.Port), ("retry-on", "503"), ("retry-tries", tries));

        Assert.Equal("503 busy", await proxy.GetAsync());

        Assert.Equal(expected, backends.Sum(backend => backend.Requests.Count));
        Assert.All(backends, backend => Assert.InRange(backend.Requests.Count, 0, 1));
        foreach (var backend in backends)
        {
            await backend.DisposeAsync();
        }
    }

    [Fact]
    public async Task Time_EndsTheTries()
    {
        await using var first = new RawBackend(SlowlyUnavailableAsync);
        await using var second = new RawBackend(SlowlyUnavailableAsync);
        await using var proxy = await Site.StartAsync([first.Port, second.Port], ("retry-on", "503"), ("retry-timeout", "0.05"));

        Assert.Equal("503 busy", await proxy.GetAsync());
        Assert.Single(first.Requests.Concat(second.Requests));

        static async Task SlowlyUnavailableAsync(RawConnection connection)
        {
            await Task.Delay(200); // what is tested is time itself
            await connection.WriteAsync(Unavailable);
        }
    }

    [Fact]
    public async Task BodyThatWasRead_IsNotSentAgain()
    {
        await using var resetting = new RawBackend(static async connection =>
        {
            await connection.ReadUntilAsync("end");
            connection.Reset();
        });
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await Site.StartAsync([resetting.Port, good.Port], ("retry-on", "error, non-idempotent"), ("load-balancing", "round-robin"));

        var answers = new[]
        {
            await proxy.StatusAsync(HttpMethod.Put, new StringContent("the end")), await proxy.StatusAsync(HttpMethod.Put, new StringContent("the end")),
        };

        Assert.Equal([200, 502], answers.Order());
    }

    [Fact]
    public async Task BodyThatIsKept_IsSentAgain()
    {
        await using var resetting = new RawBackend(static async connection =>
        {
            await connection.ReadUntilAsync("end");
            connection.Reset();
        });
        await using var good = await Backend.StartAsync(static async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync());
        });
        await using var proxy = await Proxy.StartAsync(
            Site.Of([resetting.Port, good.Port], ("retry-on", "error, non-idempotent"), ("load-balancing", "round-robin")),
            services: static services => services.AddSingleton<IStartupFilter, Buffering>());

        for (var i = 0; i < 2; i++)
        {
            using var request = Site.Request(HttpMethod.Post, content: new StringContent("the end"));
            using var response = await proxy.Client.SendAsync(request).InTime();
            Assert.Equal("the end", await response.Content.ReadAsStringAsync());
        }

        Assert.Single(resetting.Requests);
    }

    [Fact]
    public async Task ResponseThatBreaksOff_IsNotAskedForAgain()
    {
        await using var breaking = new RawBackend(static async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");
            connection.Reset();
        });
        await using var other = RawBackend.Answering();
        await using var proxy = await Site.StartAsync([breaking.Port, other.Port], ("retry-on", "error"), ("load-balancing", "round-robin"));

        var failures = 0;
        for (var i = 0; i < 2; i++)
        {
            try
            {
                await proxy.GetAsync();
            }
            catch (HttpRequestException)
            {
                failures++;
            }
        }

        Assert.Equal(1, failures);
        Assert.Single(other.Requests);
    }

    private sealed class Buffering : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(static async (context, rest) =>
            {
                var kept = new MemoryStream();
                await context.Request.Body.CopyToAsync(kept);
                kept.Position = 0;
                context.Request.Body = kept;
                await rest(context);
            });
            next(app);
        };
    }
}
