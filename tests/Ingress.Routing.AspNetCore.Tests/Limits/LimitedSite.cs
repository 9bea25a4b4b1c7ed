using System.Net;
using Ingress.Routing.AspNetCore.Limits;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore.Tests.Limits;

/// <summary>A server with limits, whose requests for <c>/wait</c> are answered when the test says so.</summary>
internal sealed class LimitedSite : IAsyncDisposable
{
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _release = new(0);
    private TestSite _site = null!;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, _site.Port);

    public IServiceProvider Services => _site.App.Services;

    public RequestGate Gate => Services.GetRequiredService<RequestGate>();

    /// <param name="limits">Sets the limits.</param>
    /// <param name="options">Sets more.</param>
    public static async Task<LimitedSite> StartAsync(Action<IngressConnectionOptions> limits, Action<IngressRoutingOptions>? options = null, Action<WebApplicationBuilder>? build = null)
    {
        var limited = new LimitedSite();
        limited._site = await TestSite.StartAsync(
            Some.Snapshot(Some.Ingress("shop/web", [Some.Rule(null, Some.Prefix("/"))])),
            ingress => ingress.ConfigureIngressEndpoints(endpoint => endpoint.RequestDelegate = limited.AnswerAsync),
            builder =>
            {
                builder.WebHost.UseIngressConnectionLimits(limits);
                builder.WebHost.ListenIngressHttp(new IPEndPoint(IPAddress.Loopback, 0));
                build?.Invoke(builder);
            },
            options: options);
        return limited;
    }

    /// <summary>Waits until a request has been let in.</summary>
    public async Task ArrivalAsync() => Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)), "No request was let in.");

    /// <summary>Whether a request was let in that <see cref="ArrivalAsync"/> has not waited for.</summary>
    public bool HasArrival => _arrived.CurrentCount > 0;

    public void Release(int count = 1) => _release.Release(count);

    /// <summary>Sends a GET over a connection of its own.</summary>
    /// <param name="path">The path; <c>/wait</c> is answered later.</param>
    /// <param name="forwardedFor">The client that a proxy names; null for none.</param>
    public Task<RawResponse> GetAsync(string path, string? forwardedFor = null) => RawResponse.SendAsync(
        EndPoint.Port,
        $"GET {path} HTTP/1.1\r\nHost: h.test\r\n{(forwardedFor is null ? "" : $"X-Forwarded-For: {forwardedFor}\r\n")}Connection: close\r\n\r\n");

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _release.Release(1000);
        await _site.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/wait":
                _arrived.Release();
                await _release.WaitAsync(context.RequestAborted);
                break;

            case "/early":
                await context.Response.StartAsync();
                await context.Response.WriteAsync("early ");
                await context.Response.Body.FlushAsync();
                break;
        }

        var length = 0;
        var buffer = new byte[4096];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            length += count;
        }

        await context.Response.WriteAsync($"{length} bytes");
    }
}
