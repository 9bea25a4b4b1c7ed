using System.Net;
using System.Net.Sockets;
using System.Text;
using Ingress.Routing.Model;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>A service that is asked who is let in, over real connections.</summary>
public sealed class ExternalAuthenticationTests
{
    private static Task<PolicySite> SiteAsync(AuthService service, params (string Name, string Text)[] annotations)
        => PolicySite.StartAsync([("external-auth-url", service.Url + "/verify"), .. annotations]);

    [Theory]
    [InlineData(200, 200)]
    [InlineData(202, 200)]
    [InlineData(204, 200)]
    [InlineData(401, 401)]
    [InlineData(403, 403)]
    [InlineData(302, 500)]
    [InlineData(404, 500)]
    [InlineData(500, 500)]
    [InlineData(503, 500)]
    public async Task Status_OfTheService_Decides(int answer, int status)
    {
        await using var service = await AuthService.StartAsync(answer);
        await using var site = await SiteAsync(service);

        var response = await site.GetAsync();

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 200, response.Headers.ContainsKey("X-Backend"));
    }

    [Fact]
    public async Task Service_ThatDoesNotAnswer_LetsNoClientIn()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using (var silent = await PolicySite.StartAsync(("external-auth-url", $"http://127.0.0.1:{port}/"), ("external-auth-timeout", "1")))
        {
            Assert.Equal(500, await silent.StatusAsync());
        }

        listener.Stop();
        await using var gone = await PolicySite.StartAsync(("external-auth-url", $"http://127.0.0.1:{port}/"));
        Assert.Equal(500, await gone.StatusAsync());
    }

    [Fact]
    public async Task Challenge_OfTheService_IsPassedOn()
    {
        await using var service = await AuthService.StartAsync(401, ("WWW-Authenticate", "Bearer realm=\"x\""));
        await using var site = await SiteAsync(service);

        Assert.Equal("Bearer realm=\"x\"", (await site.GetAsync()).Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Question_HasTheHeadersOfTheRequestAndOurs()
    {
        await using var service = await AuthService.StartAsync(200);
        await using var site = await SiteAsync(service, ("external-auth-method", "HEAD"));

        await site.GetAsync(
            "/x/../a%20b?c=d",
            "GET",
            "Cookie: session=1",
            "Authorization: Bearer t",
            "X-Original-URL: http://evil.test/public",
            "X_Original_URL: http://evil.test/public",
            "X-Original-Method: OPTIONS",
            "X-Forwarded-For: 192.0.2.1",
            "X-Real-IP: 192.0.2.1",
            "Connection: close");

        var (method, target, headers) = Assert.Single(service.Questions);
        Assert.Equal(("HEAD", "/verify"), (method, target));
        Assert.Equal($"127.0.0.1:{service.Port}", headers["Host"]);
        Assert.Equal("http://h.test/a%20b?c=d", headers["X-Original-URL"]); // the path that the backend gets
        Assert.Equal("/a%20b?c=d", headers["X-Original-URI"]);
        Assert.Equal("/a%20b?c=d", headers["X-Auth-Request-Redirect"]);
        Assert.Equal(("GET", "http"), (headers["X-Original-Method"], headers["X-Scheme"]));
        Assert.Equal(("127.0.0.1", "127.0.0.1"), (headers["X-Forwarded-For"], headers["X-Real-IP"]));
        Assert.Equal(("session=1", "Bearer t"), (headers["Cookie"], headers["Authorization"]));
        Assert.False(headers.ContainsKey("X_Original_URL"));
        Assert.False(headers.ContainsKey("X-Forwarded-Proto"));
        Assert.False(headers.ContainsKey("Content-Length"));
    }

    [Fact]
    public async Task Body_StaysWithTheRequest()
    {
        await using var service = await AuthService.StartAsync(200);
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("external-auth-url", service.Url)),
            async context => await context.Response.WriteAsync("got " + await new StreamReader(context.Request.Body).ReadToEndAsync()));

        var response = await RawResponse.SendAsync(
            site.Site.Port, "POST / HTTP/1.1\r\nHost: h.test\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");

        Assert.Equal("got hello", response.Body);
        Assert.Equal("GET", Assert.Single(service.Questions).Method);
    }

    // CVE class: a client that sends what only the service may say.
    [Theory]
    [InlineData(200, "ann", "/ X-User=ann")]
    [InlineData(200, "", "/")]
    public async Task ResponseHeaders_AreTheServicesAlone(int status, string user, string body)
    {
        await using var service = await AuthService.StartAsync(status, user.Length > 0 ? [("X-User", user)] : []);
        await using var site = await SiteAsync(service, ("external-auth-response-headers", "X-User"));

        var response = await site.GetAsync("/", "GET", "X-User: admin", "X_User: admin", "x-user: root");

        Assert.Equal(body, response.Body);
    }

    [Theory]
    [InlineData("/a?b=c", "https://auth.test/start", "https://auth.test/start?rd=http://h.test%2Fa%3Fb%3Dc")]
    [InlineData("/a", "https://auth.test/start?x=1", "https://auth.test/start?x=1&rd=http://h.test%2Fa")]
    [InlineData("/a", "https://auth.test/start?rd=/home", "https://auth.test/start?rd=/home")]
    [InlineData("/a?x=%0d%0aSet-Cookie:1", "https://auth.test/start", "https://auth.test/start?rd=http://h.test%2Fa%3Fx%3D%250d%250aSet-Cookie%3A1")]
    [InlineData("/a?x=1&rd=evil", "https://auth.test/start?to=${escaped_target}", "https://auth.test/start?to=%2Fa%3Fx%3D1%26rd%3Devil&rd=http://h.test%2Fa%3Fx%3D1%26rd%3Devil")]
    public async Task SignIn_GetsTheWayBack(string target, string signIn, string location)
    {
        await using var service = await AuthService.StartAsync(401);
        await using var site = await SiteAsync(service, ("external-auth-signin", signIn));

        var response = await site.GetAsync(target);

        Assert.Equal((302, location), (response.Status, response.Headers["Location"]));
    }

    [Fact]
    public async Task SignIn_IsForThoseThatAreUnknown_NotForThoseThatMayNot()
    {
        await using var service = await AuthService.StartAsync(403);
        await using var site = await SiteAsync(service, ("external-auth-signin", "https://auth.test/"));

        Assert.Equal(403, await site.StatusAsync());
    }

    [Theory]
    [InlineData(200, false, 200, true)]
    [InlineData(200, false, 302, true)]
    [InlineData(200, false, 404, false)]
    [InlineData(200, true, 404, true)]
    [InlineData(401, false, 401, false)]
    [InlineData(401, true, 401, true)]
    public async Task Cookies_OfTheService_ReachTheClientWithSuccess(int verdict, bool always, int status, bool expected)
    {
        await using var service = await AuthService.StartAsync(verdict, ("Set-Cookie", "s=1; Path=/"));
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("external-auth-url", service.Url), ("external-auth-always-set-cookie", always ? "true" : "false")),
            context =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            });

        var response = await site.GetAsync();

        Assert.Equal(status, response.Status);
        Assert.Equal(expected ? "s=1; Path=/" : null, response.Headers.GetValueOrDefault("Set-Cookie"));
    }

    [Fact]
    public async Task Cache_RemembersByItsKeyForItsTime()
    {
        await using var service = await AuthService.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.Cookie == "session=good" ? 200 : 401;
            return Task.CompletedTask;
        });
        await using var site = await SiteAsync(
            service, ("external-auth-cache-key", "${cookie:session}"), ("external-auth-cache-duration", "200 1m, 401 10s"));

        Assert.Equal((200, 200, 401, 401), (await Ask("good"), await Ask("good"), await Ask("bad"), await Ask("bad")));
        Assert.Equal(2, service.Questions.Count);

        site.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal((200, 401), (await Ask("good"), await Ask("bad")));
        Assert.Equal(3, service.Questions.Count);

        site.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(200, await Ask("good"));
        Assert.Equal(4, service.Questions.Count);

        Task<int> Ask(string session) => site.StatusAsync("/", $"Cookie: session={session}");
    }

    [Theory]
    [InlineData(200, "Set-Cookie", "s=1")]
    [InlineData(200, "Cache-Control", "no-store")]
    [InlineData(200, "Cache-Control", "private")]
    [InlineData(403, "X-A", "1")] // no time is given for it
    [InlineData(500, "X-A", "1")]
    public async Task Cache_WhatIsForOneClientOrFails_IsNotRemembered(int status, string name, string value)
    {
        await using var service = await AuthService.StartAsync(status, (name, value));
        await using var site = await SiteAsync(service, ("external-auth-cache-key", "all"));

        await site.StatusAsync();
        await site.StatusAsync();

        Assert.Equal(2, service.Questions.Count);
    }

    [Fact]
    public async Task RequestHeaders_OfAConfigMap_AreSent()
    {
        await using var service = await AuthService.StartAsync(200);
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("external-auth-url", service.Url), ("external-auth-request-headers", "more")) with
            {
                ConfigMaps =
                [
                    new ConfigMapResource
                    {
                        Metadata = Some.Metadata("t/more"),
                        Data = new Dictionary<string, string> { ["X-Team"] = "shop ${host}", ["X-Original-Method"] = "none" },
                    },
                ],
            });

        await site.GetAsync("/", "GET", "X-Team: evil");

        var headers = Assert.Single(service.Questions).Headers;
        Assert.Equal(("shop h.test", "none"), (headers["X-Team"], headers["X-Original-Method"]));
    }

    // CVE class: a client that chooses who is asked.
    [Fact]
    public async Task Url_OfTheHostOfTheRequest_NeedsAHostInTheRule()
    {
        await using var evil = await AuthService.StartAsync(200);
        var snapshot = Some.Snapshot(Some.Ingress(
            "t/i",
            [Some.Rule(null, Some.Prefix("/"))],
            annotations: new Dictionary<string, string> { ["ingress.routing/external-auth-url"] = $"http://${{host}}:{evil.Port}/" }));
        await using var site = await PolicySite.StartAsync(snapshot);

        var response = await RawResponse.SendAsync(site.Site.Port, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        Assert.Equal(503, response.Status);
        Assert.Empty(evil.Questions);
    }

    [Fact]
    public async Task Url_WithHeaderOfTheRequest_LeadsToNoOtherPath()
    {
        await using var service = await AuthService.StartAsync(200);
        await using var site = await PolicySite.StartAsync(("external-auth-url", service.Url + "/check/${header:X-Tenant}/auth"));

        Assert.Equal(200, await site.StatusAsync("/", "X-Tenant: a b"));
        Assert.Equal(500, await site.StatusAsync("/", "X-Tenant: ../../public"));
        Assert.Equal(500, await site.StatusAsync("/", "X-Tenant: %2e%2e"));
        Assert.Equal(200, await site.StatusAsync("/", "X-Tenant: ?x=1#"));

        Assert.Equal(["/check/a%20b/auth", "/check/%3Fx=1%23/auth"], service.Questions.Select(static question => question.Target));
    }

    [Theory]
    [InlineData("10.0.0.0/8", null, 401, 401)]
    [InlineData("10.0.0.0/8", "ann:one", 401, 200)]
    [InlineData("10.0.0.0/8", null, 200, 200)]
    [InlineData("127.0.0.1", null, 401, 200)]
    [InlineData("10.0.0.0/8", "ann:bad", 403, 401)]
    [InlineData("10.0.0.0/8", null, 500, 500)]
    public async Task SatisfyAny_OneIsEnough(string allow, string? credentials, int verdict, int status)
    {
        await using var service = await AuthService.StartAsync(verdict);
        await using var site = await AnySiteAsync(service, ("allow-addresses", allow));

        var response = await site.GetAsync(
            "/", "GET", [.. credentials is null ? Array.Empty<string>() : [$"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}"]]);

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 401, response.Headers.ContainsKey("WWW-Authenticate"));
    }

    // A list that only refuses lets no request in.
    [Theory]
    [InlineData("10.0.0.0/8", 401)]
    [InlineData("127.0.0.1", 401)]
    public async Task SatisfyAny_AddressThatIsNotDenied_IsNotEnough(string deny, int status)
    {
        await using var service = await AuthService.StartAsync(401);
        await using var site = await AnySiteAsync(service, ("deny-addresses", deny));

        Assert.Equal(status, await site.StatusAsync());
    }

    [Fact]
    public async Task SatisfyAll_TheServiceIsAskedAfterThePassword_AndGetsIt()
    {
        await using var service = await AuthService.StartAsync(200);
        string? seen = null;
        await using var site = await PolicySite.StartAsync(
            WithUsers(PolicySite.Snapshot(("external-auth-url", service.Url), ("basic-auth-secret", "users"))),
            context =>
            {
                seen = context.Request.Headers.Authorization.ToString();
                return Task.CompletedTask;
            });

        Assert.Equal(401, await site.StatusAsync());
        Assert.Empty(service.Questions);
        Assert.Equal(200, await site.StatusAsync("/", "Authorization: Basic YW5uOm9uZQ=="));
        Assert.Equal("Basic YW5uOm9uZQ==", Assert.Single(service.Questions).Headers["Authorization"]);
        Assert.Equal("", seen);
    }

    // nginx-corrections 20.
    [Fact]
    public async Task SignIn_CatchesThePasswordOfTheSameIngress()
    {
        await using var service = await AuthService.StartAsync(200);
        await using var site = await PolicySite.StartAsync(WithUsers(PolicySite.Snapshot(
            ("external-auth-url", service.Url), ("external-auth-signin", "https://auth.test/"), ("basic-auth-secret", "users"))));

        Assert.Equal(302, await site.StatusAsync());
    }

    private static Task<PolicySite> AnySiteAsync(AuthService service, params (string Name, string Text)[] annotations)
        => PolicySite.StartAsync(WithUsers(PolicySite.Snapshot(
            [("satisfy", "any"), ("external-auth-url", service.Url), ("basic-auth-secret", "users"), .. annotations])));

    private static ClusterSnapshot WithUsers(ClusterSnapshot snapshot) => snapshot with
    {
        Secrets =
        [
            new SecretResource
            {
                Metadata = Some.Metadata("t/users"),
                Data = new Dictionary<string, ReadOnlyMemory<byte>> { ["auth"] = Encoding.UTF8.GetBytes("ann:{PLAIN}one") },
            },
        ],
    };
}
