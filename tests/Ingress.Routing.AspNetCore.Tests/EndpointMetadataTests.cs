using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>The ordinary middlewares act on what conventions put into the metadata of a route.</summary>
public sealed class EndpointMetadataTests
{
    private static readonly Ingress.Routing.ClusterSnapshot s_shop = Some.Snapshot(
        Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/"), Some.Prefix("/special"))]));

    private int _served;

    [Theory]
    [InlineData("/", null, HttpStatusCode.OK)]
    [InlineData("/special", null, HttpStatusCode.Unauthorized)]
    [InlineData("/special", "guest", HttpStatusCode.Forbidden)]
    [InlineData("/special", "admin", HttpStatusCode.OK)]
    [InlineData("/x/../special", "guest", HttpStatusCode.Forbidden)]
    [InlineData("//special", null, HttpStatusCode.Unauthorized)]
    public async Task Authorization_PolicyOfTheRoute_Decides(string target, string? user, HttpStatusCode expected)
    {
        await using var site = await StartAsync(
            new AuthorizeAttribute { Roles = "admin" },
            services =>
            {
                services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, UserHeaderHandler>("test", null);
                services.AddAuthorization();
            },
            app => app.UseAuthentication().UseAuthorization());

        var context = await SendAsync(site, target, user);

        Assert.Equal((int)expected, context.Response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, _served);
    }

    [Fact]
    public async Task Authorization_MiddlewareForgotten_IsAnErrorAndNotAHole()
    {
        await using var site = await StartAsync(new AuthorizeAttribute(), services => services.AddAuthorization(), _ => { });

        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(site, "/special"));
        Assert.Equal(0, _served);
    }

    [Fact]
    public async Task RateLimiter_PolicyOfTheRoute_Decides()
    {
        await using var site = await StartAsync(
            new EnableRateLimitingAttribute("one"),
            services => services.AddRateLimiter(limiter =>
            {
                limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limiter.AddFixedWindowLimiter("one", window => (window.PermitLimit, window.Window) = (1, TimeSpan.FromHours(1)));
            }),
            app => app.UseRateLimiter());

        Assert.Equal(200, (await SendAsync(site, "/special")).Response.StatusCode);
        Assert.Equal(429, (await SendAsync(site, "/special")).Response.StatusCode);
        Assert.Equal(200, (await SendAsync(site, "/")).Response.StatusCode);
    }

    [Fact]
    public async Task OutputCache_PolicyOfTheRoute_Decides()
    {
        await using var site = await StartAsync(
            new OutputCacheAttribute { Duration = 3600 },
            services => services.AddOutputCache(),
            app => app.UseOutputCache());

        await SendAsync(site, "/special");
        var cached = await SendAsync(site, "/special");
        Assert.Equal(1, _served);
        Assert.True(cached.Response.Headers.ContainsKey("Age"));

        await SendAsync(site, "/");
        await SendAsync(site, "/");
        Assert.Equal(3, _served);
    }

    [Fact]
    public async Task Cors_PolicyOfTheRoute_Decides()
    {
        await using var site = await StartAsync(
            new EnableCorsAttribute("friends"),
            services => services.AddCors(cors => cors.AddPolicy("friends", policy => policy.WithOrigins("https://friend.test"))),
            app => app.UseCors());

        var special = await SendAsync(site, "/special", origin: "https://friend.test");
        var other = await SendAsync(site, "/", origin: "https://friend.test");

        Assert.Equal("https://friend.test", special.Response.Headers.AccessControlAllowOrigin);
        Assert.Equal(0, other.Response.Headers.AccessControlAllowOrigin.Count);
    }

    [Fact]
    public async Task RequestTimeout_PolicyOfTheRoute_Decides()
    {
        await using var site = await StartAsync(
            new RequestTimeoutAttribute(milliseconds: 1),
            services => services.AddRequestTimeouts(),
            app => app.UseRequestTimeouts(),
            async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));

        Assert.Equal(504, (await SendAsync(site, "/special")).Response.StatusCode);
    }

    private Task<TestSite> StartAsync(
        object metadata, Action<IServiceCollection> services, Action<WebApplication> middleware, RequestDelegate? serve = null)
        => TestSite.StartAsync(
            s_shop,
            ingress => ingress.ConfigureIngressEndpoints(endpoint =>
            {
                if (endpoint.Route.Path == "/special")
                {
                    endpoint.Metadata.Add(metadata);
                }

                endpoint.RequestDelegate = serve ?? (context =>
                {
                    Interlocked.Increment(ref _served);
                    return context.Response.WriteAsync("served");
                });
            }),
            builder =>
            {
                services(builder.Services);
                builder.WebHost.UseTestServer();
            },
            app =>
            {
                app.UseIngressRouting();
                middleware(app);
            });

    private static Task<HttpContext> SendAsync(TestSite site, string target, string? user = null, string? origin = null)
        => site.App.GetTestServer().SendAsync(context =>
        {
            context.Request.Method = "GET";
            context.Request.Headers.Host = "h.test";
            context.Request.Headers["X-User"] = user;
            context.Request.Headers.Origin = origin;
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        }).WaitAsync(TimeSpan.FromSeconds(30));

    private sealed class UserHeaderHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-User"].ToString() is not { Length: > 0 } user)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Role, user)], "test");
            return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), "test")));
        }
    }
}
