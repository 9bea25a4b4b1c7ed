using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>What happens when there is no room for another request or connection.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Backend _slow = null!;
    private Backend _quick = null!;

    public async Task InitializeAsync()
    {
        _slow = await Backend.StartAsync(async context =>
        {
            if (context.Request.Path == "/slow/wait")
            {
                _arrived.TrySetResult();
                await _release.Task;
            }

            await context.Response.WriteAsync("slow");
        });
        _quick = await Backend.StartAsync("quick");
    }

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _slow.DisposeAsync();
        await _quick.DisposeAsync();
    }

    [Fact]
    public async Task Service_HasAsManyRequestsAsItMay_OthersAreServed()
    {
        await using var proxy = await Proxy.StartAsync(TwoServices(), options => options.MaxRequestsPerService = 1);
        var inFlight = proxy.Client.GetStringAsync("/slow/wait");
        await _arrived.Task.InTime();

        using var refused = await proxy.Client.GetAsync("/slow").InTime();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.Equal("quick", await proxy.Client.GetStringAsync("/quick").InTime());

        _release.SetResult();
        Assert.Equal("slow", await inFlight.InTime());
        Assert.Equal("slow", await proxy.Client.GetStringAsync("/slow").InTime());
    }

    [Fact]
    public async Task BackendConnections_OneIsIdle_MakesRoomForAnotherAddress()
    {
        await using var proxy = await StartAsync(1);

        foreach (var path in (string[])["/slow", "/quick", "/slow", "/quick"])
        {
            Assert.Equal(path[1..], await proxy.Client.GetStringAsync(path).InTime());
        }
    }

    [Fact]
    public async Task BackendConnections_AllAreBusy_Is503AndOneLineOfLog()
    {
        var log = new LogLines();
        await using var proxy = await StartAsync(1, services => services.AddSingleton<ILoggerProvider>(log));
        var inFlight = proxy.Client.GetStringAsync("/slow/wait");
        await _arrived.Task.InTime();

        using var refused = await proxy.Client.GetAsync("/quick").InTime();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.StartsWith("503 Service Unavailable: too many requests", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("There is no room for another connection to a backend", Assert.Single(log.Entries), StringComparison.Ordinal);

        _release.SetResult();
        Assert.Equal("slow", await inFlight.InTime());
        Assert.Equal("quick", await proxy.Client.GetStringAsync("/quick").InTime());
    }

    private Task<Proxy> StartAsync(int maxBackendConnections, Action<IServiceCollection>? services = null) => Proxy.StartAsync(
        TwoServices(),
        services: services,
        web: web => web.UseIngressConnectionLimits(options => options.MaxBackendConnections = maxBackendConnections));

    private ClusterSnapshot TwoServices() => new()
    {
        Ingresses =
        [
            Some.Ingress("all", [Some.Rule(null, Some.Prefix("/slow", "slow"), Some.Prefix("/quick", "quick"))]),
        ],
        Services = [Some.Service("slow"), Some.Service("quick")],
        EndpointSlices = [Cluster.Slice("slow", _slow.Port), Cluster.Slice("quick", _quick.Port)],
    };
}
