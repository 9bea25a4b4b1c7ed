using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace Ingress.Routing.Forwarding.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task AddForwarding_Twice_IsHarmless()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port), services: services => services.AddIngressRouting().AddForwarding());

        using var response = await proxy.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, Assert.Single(backend.Requests).Split("X-Forwarded-For:").Length);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/anything")]
    public async Task BootstrapHost_CannotBeReached(string path)
    {
        await using var proxy = await Proxy.StartAsync(ClusterSnapshot.Empty);
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 404 ", await client.GetAsync(path, "bootstrap.invalid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BootstrapHost_CanBeClaimedByAnIngress()
    {
        await using var backend = await Backend.StartAsync("claimed");
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        Assert.Contains("claimed", await client.GetAsync("/", "bootstrap.invalid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplicationThatUsesYarpForItself_KeepsItsRoutesAndLendsItsPipeline()
    {
        await using var own = RawBackend.Answering();
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port),
            services: services => services.AddReverseProxy().LoadFromMemory(
                [new RouteConfig { RouteId = "own", ClusterId = "own", Match = new RouteMatch { Hosts = ["own.test"] } }],
                [new ClusterConfig { ClusterId = "own", Destinations = Destinations(own.Port) }]),
            pipeline: app => app.MapReverseProxy(steps =>
            {
                steps.Use((context, next) =>
                {
                    context.Response.Headers["X-Step"] = "taken";
                    return next();
                });
                steps.UseLoadBalancing();
            }));
        using var first = await proxy.ConnectAsync();
        using var second = await proxy.ConnectAsync();

        var ownResponse = await first.GetAsync("/x/%7e|", "own.test");
        var response = await second.GetAsync("/x/%7e|", "shop.test");

        Assert.Contains("X-Step: taken", ownResponse, StringComparison.Ordinal);
        Assert.Contains("X-Step: taken", response, StringComparison.Ordinal);
        Assert.StartsWith("GET /x/~%7C HTTP/1.1", Assert.Single(backend.Requests), StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: 127.0.0.1:{own.Port}\r\n", Assert.Single(own.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndpointMetadata_IsSeenByTheMiddlewareInFrontOfForwarding()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port),
            services: services =>
            {
                services.AddAuthentication("nobody").AddScheme<AuthenticationSchemeOptions, NobodyHandler>("nobody", null);
                services.AddAuthorization();
                services.AddIngressRouting().ConfigureIngressEndpoints(endpoint => endpoint.Metadata.Add(new AuthorizeAttribute()));
            },
            pipeline: app => app.UseAuthorization());

        using var response = await proxy.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task RouteThatAnotherConventionServes_IsLeftToIt()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port),
            services: services => services.AddIngressRouting().ConfigureIngressEndpoints(
                endpoint => endpoint.RequestDelegate = context => context.Response.WriteAsync("served here")));

        Assert.Equal("served here", await proxy.Client.GetStringAsync("/"));
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("NoSuchPolicy", 1, 1, 1, 1)]
    [InlineData("RoundRobin", 0, 1, 1, 1)]
    [InlineData("RoundRobin", 86_401, 1, 1, 1)]
    [InlineData("RoundRobin", 1, 0, 1, 1)]
    [InlineData("RoundRobin", 1, 61, 1, 1)]
    [InlineData("RoundRobin", 1, 1, 0, 1)]
    [InlineData("RoundRobin", 1, 1, 1, -1)]
    public async Task Options_OutOfRange_KeepTheHostFromStarting(
        string policy, int activitySeconds, int connectSeconds, int connections, long bodySize)
        => await Assert.ThrowsAsync<OptionsValidationException>(() => Proxy.StartAsync(Cluster.Of(), options =>
        {
            options.LoadBalancingPolicy = policy;
            options.ActivityTimeout = TimeSpan.FromSeconds(activitySeconds);
            options.ConnectTimeout = TimeSpan.FromSeconds(connectSeconds);
            options.MaxConnectionsPerDestination = connections;
            options.MaxRequestBodySize = bodySize;
        }));

    [Fact]
    public async Task ConfigureCluster_WithAConfigurationThatYarpRefuses_Is500()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port),
            options => options.ConfigureCluster = (_, config) => config with { LoadBalancingPolicy = "NoSuchPolicy" });

        using var response = await proxy.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    private static Dictionary<string, DestinationConfig> Destinations(int port)
        => new() { ["own"] = new DestinationConfig { Address = $"http://127.0.0.1:{port}" } };

    private sealed class NobodyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
