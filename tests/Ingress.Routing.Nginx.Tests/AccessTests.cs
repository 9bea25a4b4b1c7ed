using System.Net;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>Lists of addresses, CORS, limits, sizes, buffering, error pages and mirrors, as ingress-nginx has them.</summary>
public sealed class AccessTests
{
    private const string Good = "https://good.test";

    [Theory]
    [InlineData("whitelist-source-range", "192.0.2.0/24", "192.0.2.1", 200)]
    [InlineData("allowlist-source-range", "192.0.2.0/24, 2001:db8::/32", "2001:db8::1", 200)]
    [InlineData("allowlist-source-range", "192.0.2.77/24", "192.0.2.1", 200)] // Go masks what stands behind the length
    [InlineData("allowlist-source-range", "192.0.2.0/24", "203.0.113.1", 403)]
    [InlineData("denylist-source-range", "192.0.2.0/24", "192.0.2.1", 403)]
    [InlineData("denylist-source-range", "192.0.2.0/24", "203.0.113.1", 200)]
    [InlineData("allowlist-source-range", "", "192.0.2.1", 503)]
    [InlineData("allowlist-source-range", "office", "192.0.2.1", 503)]
    [InlineData("denylist-source-range", "192.0.2.0/24; allow all", "203.0.113.1", 503)]
    [InlineData("whitelist-source-range", "0.0.0.0/0\nallow all;", "203.0.113.1", 503)]
    public async Task AddressList_LetsIn(string name, string text, string client, int status)
    {
        await using var gateway = await NginxGateway.StartAsync((name, text));

        Assert.Equal(status, await gateway.StatusAsync("/", ("X-Forwarded-For", client)));
    }

    [Fact]
    public async Task AddressList_OfTheController_HoldsUnlessAnAnnotationReplacesIt()
    {
        var options = new NginxOptions { AllowlistSourceRange = [Cidr.Parse("10.0.0.0/8")], DenylistSourceRange = [Cidr.Parse("10.9.0.0/16")] };
        await using var gateway = await NginxGateway.StartAsync(options);
        Assert.Equal(403, await gateway.StatusAsync("/", ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(200, await gateway.StatusAsync("/", ("X-Forwarded-For", "10.0.0.1")));
        Assert.Equal(403, await gateway.StatusAsync("/", ("X-Forwarded-For", "10.9.0.1")));

        gateway.Serve(("whitelist-source-range", "192.0.2.0/24"));

        Assert.Equal(200, await gateway.StatusAsync("/", ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(403, await gateway.StatusAsync("/", ("X-Forwarded-For", "10.0.0.1")));
    }

    [Fact]
    public void AddressList_UnderBothNames_TakesTheCanonicalOne()
    {
        var scenario = NginxScenario.Of(("whitelist-source-range", "10.0.0.0/8"), ("allowlist-source-range", "192.0.2.0/24"));

        Assert.Equal(Cidr.Parse("192.0.2.0/24"), Assert.Single(scenario.Policies.Find<AddressList>()!.Allowed));
        Assert.Contains("whitelist-source-range", Assert.Single(scenario.Findings).Field, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cors_Defaults_LetInAll_OnEveryAnswer()
    {
        await using var gateway = await NginxGateway.StartAsync(("enable-cors", "true"));

        using var response = await gateway.SendAsync("/status/404");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(
            [
                "Access-Control-Allow-Credentials: true",
                $"Access-Control-Allow-Headers: {Cors.DefaultHeaders}",
                $"Access-Control-Allow-Methods: {Cors.DefaultMethods}",
                "Access-Control-Allow-Origin: *",
                "Access-Control-Max-Age: 1728000",
            ],
            HeadersOf(response));
    }

    [Fact]
    public async Task Cors_Options_IsAnsweredWith204_WhateverItAsks()
    {
        await using var gateway = await NginxGateway.StartAsync(("enable-cors", "true"), ("cors-allow-origin", Good), ("permanent-redirect", "https://new.test"));

        using var response = await gateway.SendAsync("/", HttpMethod.Options, headers: ("Origin", Good));

        Assert.Equal((HttpStatusCode.NoContent, Good), (response.StatusCode, response.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.Equal("text/plain charset=UTF-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Empty(gateway.Asked);
    }

    [Theory]
    [InlineData("https://good.test", Good)]
    [InlineData("https://good.test, https://other.test", Good)]
    [InlineData("https://good.test, *", "*")]
    [InlineData("", "*")]
    [InlineData("good.test", "https://backend.test")] // without a scheme it is skipped, and none is left (correction 17)
    [InlineData("good.test, https://good.test", Good)]
    [InlineData("https://good.test/", "https://backend.test")] // the whole text is wrong: closed here, open there
    [InlineData("https://good.test;https://x.test", "https://backend.test")]
    [InlineData("https://other.test", "https://backend.test")]
    public async Task Cors_Origin_IsWhatTheListSays(string origins, string allowed)
    {
        await using var gateway = await NginxGateway.StartAsync(("enable-cors", "true"), ("cors-allow-origin", origins));

        using var response = await gateway.SendAsync("/", headers: ("Origin", Good));

        Assert.Equal(allowed, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("cors-allow-methods", "GET, POST", "Access-Control-Allow-Methods: GET, POST")]
    [InlineData("cors-allow-methods", "GET;", $"Access-Control-Allow-Methods: {Cors.DefaultMethods}")]
    [InlineData("cors-allow-headers", "X-A, X-B", "Access-Control-Allow-Headers: X-A, X-B")]
    [InlineData("cors-allow-headers", "X-A\r\nSet-Cookie: a=b", $"Access-Control-Allow-Headers: {Cors.DefaultHeaders}")]
    [InlineData("cors-expose-headers", "*, X-CustomResponseHeader", "Access-Control-Expose-Headers: *, X-CustomResponseHeader")]
    [InlineData("cors-max-age", "200", "Access-Control-Max-Age: 200")]
    [InlineData("cors-max-age", "20m", "Access-Control-Max-Age: 1728000")]
    public async Task Cors_Headers_AreWhatTheAnnotationsSay(string name, string text, string header)
    {
        await using var gateway = await NginxGateway.StartAsync(("enable-cors", "true"), (name, text));

        using var response = await gateway.SendAsync("/");

        Assert.Contains(header, HeadersOf(response));
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("yes", false)] // wrong, and then no password is let in
    [InlineData("T", true)]
    public void Cors_Credentials_AreSentUnlessTheyAreNot(string text, bool allows)
        => Assert.Equal(allows, NginxScenario.Of(("enable-cors", "true"), ("cors-allow-credentials", text)).Policies.Find<Cors>()!.AllowsCredentials);

    [Theory]
    [InlineData("false")]
    [InlineData("yes")]
    public void Cors_WithoutTheSwitch_DoesNothing(string text)
        => Assert.Null(NginxScenario.Of(("enable-cors", text), ("cors-allow-origin", Good)).Policies.Find<Cors>());

    [Theory]
    [InlineData("limit-rps", "10", null, 10, 51)]
    [InlineData("limit-rps", "10", "3", 10, 31)]
    [InlineData("limit-rps", "10", "0", 10, 51)] // nginx does not start with a burst of 0
    [InlineData("limit-rpm", "2", null, 2, 11)]
    [InlineData("limit-rpm", "2", "many", 2, 11)]
    public void Rate_HasABurstBesides(string name, string text, string? multiplier, int requests, int burst)
    {
        (string, string)[] annotations = multiplier is null ? [(name, text)] : [(name, text), ("limit-burst-multiplier", multiplier)];
        var limit = NginxScenario.Of(annotations).Policies.Find<RateLimit>()!;

        Assert.Equal(new RateWindow(requests, name == "limit-rps" ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1), burst), Assert.Single(limit.Windows));
        Assert.Equal((503, LimitKey.ClientAddress), (limit.Status, limit.Key));
    }

    [Fact]
    public async Task Rates_BothHold_AndTheStatusIsThatOfTheController()
    {
        await using var gateway = await NginxGateway.StartAsync(
            new NginxOptions { LimitRequestStatusCode = 429 }, ("limit-rps", "100"), ("limit-rpm", "1"), ("limit-burst-multiplier", "2"));

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add(await gateway.StatusAsync());
        }

        Assert.Equal([200, 200, 200, 429], statuses);
    }

    [Theory]
    [InlineData("limit-allowlist", "192.0.2.0/24", "192.0.2.1", 200)]
    [InlineData("limit-whitelist", "192.0.2.0/24", "192.0.2.1", 200)]
    [InlineData("limit-whitelist", "192.0.2.0/24", "203.0.113.1", 503)]
    public async Task Limit_LeavesOutTheNetworksOfTheList(string name, string text, string client, int second)
    {
        await using var gateway = await NginxGateway.StartAsync(("limit-rpm", "1"), ("limit-burst-multiplier", "1"), (name, text));

        Assert.Equal(200, await gateway.StatusAsync("/", ("X-Forwarded-For", client)));
        Assert.Equal(200, await gateway.StatusAsync("/", ("X-Forwarded-For", client)));
        Assert.Equal(second, await gateway.StatusAsync("/", ("X-Forwarded-For", client)));
    }

    [Theory]
    [InlineData("limit-rps", "many")]
    [InlineData("limit-rpm", "1.5")]
    [InlineData("limit-connections", "ten")]
    [InlineData("limit-allowlist", "office")]
    public void Limit_ThatCannotBeRead_ClosesThePaths(string name, string text)
        => Assert.True(NginxScenario.Of((name, text), ("limit-rate", "1")).Policies.IsClosed);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void Limit_OfNone_IsNoLimit(string text)
    {
        var policies = NginxScenario.Of(("limit-rps", text), ("limit-connections", text), ("limit-rate", "0")).Policies;

        Assert.Equal((null, null, null), (policies.Find<RateLimit>(), policies.Find<ConcurrencyLimit>(), policies.Find<ResponseRate>()));
    }

    [Fact]
    public async Task Connections_AreCountedByAddress()
    {
        await using var gateway = await NginxGateway.StartAsync(("limit-connections", "1"));
        var first = gateway.SendAsync("/hold", headers: ("X-Forwarded-For", "192.0.2.1"));
        while (gateway.Asked.IsEmpty)
        {
            await Task.Delay(5);
        }

        Assert.Equal(503, await gateway.StatusAsync("/", ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(200, await gateway.StatusAsync("/", ("X-Forwarded-For", "192.0.2.2")));

        gateway.Release.SetResult();
        (await first).Dispose();
        Assert.Equal(200, await gateway.StatusAsync("/", ("X-Forwarded-For", "192.0.2.1")));
    }

    [Fact]
    public void ResponseRate_IsInKib()
        => Assert.Equal(new ResponseRate(10 << 10, 3 << 10), NginxScenario.Of(("limit-rate", "10"), ("limit-rate-after", "3")).Policies.Find<ResponseRate>());

    [Theory]
    [InlineData("8m", 8L << 20)]
    [InlineData("10G", 10L << 30)]
    [InlineData("1024", 1024L)]
    [InlineData("0", null)]
    [InlineData("1b", 1L << 20)] // passes the validator there, and is dropped by the template (correction 10)
    [InlineData("1 k", 1L << 20)]
    [InlineData("large", 4L << 20)] // the default of the controller
    [InlineData(null, 4L << 20)]
    public void BodySize_IsWhatIsSaid_ElseTheDefault(string? text, long? bytes)
    {
        var options = new NginxOptions { ProxyBodySize = 4 << 20 };
        var scenario = NginxScenario.Under(options, text is null ? [] : [("proxy-body-size", text)]);

        Assert.Equal(bytes, scenario.Policies.Find<BodySizeLimit>()?.Bytes);
        Assert.False(scenario.Policies.IsClosed);
    }

    [Theory]
    [InlineData(1 << 20, HttpStatusCode.OK)]
    [InlineData((1 << 20) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task BodySize_IsOneMebibyteByDefault(int length, HttpStatusCode status)
    {
        await using var gateway = await NginxGateway.StartAsync();

        using var response = await gateway.SendAsync("/", HttpMethod.Post, new ByteArrayContent(new byte[length]));

        Assert.Equal(status, response.StatusCode);
    }

    // Correction 26: a body that is read first has a length.
    [Theory]
    [InlineData(null, true)]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("true", true)] // wrong, so the default holds
    public async Task RequestBuffering_GivesBodiesALength(string? text, bool isBuffered)
    {
        await using var gateway = await NginxGateway.StartAsync(text is null ? [] : [("proxy-request-buffering", text)]);
        using var content = new StringContent("body");
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url) { Content = content };
        request.Headers.Host = NginxGateway.Host;
        request.Headers.TransferEncodingChunked = true;
        using var client = new HttpClient();

        using var response = await client.SendAsync(request);
        var asked = await response.Content.ReadAsStringAsync();

        Assert.EndsWith("\n\nbody", asked, StringComparison.Ordinal);
        Assert.Equal(isBuffered, asked.Contains("Content-Length: 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("16k", 16 << 10)]
    [InlineData("1m", 1 << 20)]
    [InlineData("1g", 8 << 10)]
    [InlineData("100m", 16 << 20)]
    public void RequestBuffering_KeepsSoMuchInMemory(string text, int bytes)
        => Assert.Equal(bytes, NginxScenario.Of(("client-body-buffer-size", text)).Policies.Find<RequestBuffering>()!.MemoryBytes);

    [Theory]
    [InlineData("proxy-buffering", "on")]
    [InlineData("proxy-buffers-number", "4")]
    [InlineData("proxy-busy-buffers-size", "8k")]
    [InlineData("proxy-max-temp-file-size", "1024m")]
    public void Buffers_OfAnswers_HaveNoEffect_AndSaySo(string name, string text)
        => Assert.Equal(IngressDiagnosticIds.AnnotationWithoutEffect, Assert.Single(NginxScenario.Of((name, text)).Findings).Id);

    [Fact]
    public async Task ErrorPages_AreAskedOfTheDefaultBackend()
    {
        await using var gateway = await NginxGateway.StartAsync(("custom-http-errors", "404,503"), ("default-backend", "errors"));

        using var ofBackend = await gateway.SendAsync("/status/404?a=1", headers: ("Accept", "text/html"));
        using var noEndpoint = await gateway.SendAsync("/down/x");
        using var other = await gateway.SendAsync("/status/500");

        var asked = await ofBackend.Content.ReadAsStringAsync();
        Assert.StartsWith("GET /?a=1\n", asked, StringComparison.Ordinal);
        string[] told = ["X-Code: 404", "X-Format: text/html", "X-Original-URI: /status/404?a=1", "X-Namespace: t", "X-Ingress-Name: i", "X-Service-Name: web", "X-Service-Port: 80"];
        Assert.Equal([], told.Except(asked.Split('\n')));
        Assert.StartsWith("GET /down/x\n", await noEndpoint.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (noEndpoint.StatusCode, other.StatusCode));
    }

    [Theory]
    [InlineData("true", HttpStatusCode.NotFound, HttpStatusCode.OK)]
    [InlineData("false", HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task ErrorPages_CanLeaveTheBackendAlone(string text, HttpStatusCode ofBackend, HttpStatusCode ofGateway)
    {
        await using var gateway = await NginxGateway.StartAsync(
            ("custom-http-errors", "404,413"), ("default-backend", "errors"), ("disable-proxy-intercept-errors", text), ("proxy-body-size", "1"));

        using var missing = await gateway.SendAsync("/status/404");
        using var large = await gateway.SendAsync("/", HttpMethod.Post, new StringContent("large"));

        Assert.Equal((ofBackend, ofGateway), (missing.StatusCode, large.StatusCode));
        Assert.StartsWith("POST /\n", await large.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorPages_OfTheController_AreAskedOfItsDefaultBackend()
    {
        await using var gateway = await NginxGateway.StartAsync(new NginxOptions { CustomHttpErrors = [404] });
        gateway.Serve("i", [], new ServiceReference(new("t", "errors"), new() { Number = 8080 }));

        using var response = await gateway.SendAsync("/status/404");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("X-Code: 404", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("custom-http-errors", "404")] // nobody to ask
    [InlineData("custom-http-errors", "200")]
    [InlineData("custom-http-errors", "404 or so")]
    [InlineData("default-backend", "other/errors")]
    [InlineData("default-backend", "http://evil.test")]
    public void ErrorPages_ThatAreWrong_ReplaceNothing_AndSaySo(string name, string text)
    {
        var scenario = NginxScenario.Of((name, text));

        Assert.Null(scenario.Policies.Find<ErrorPages>());
        Assert.NotEmpty(scenario.Findings);
    }

    [Theory]
    [InlineData("https://shadow.test$request_uri", "https://shadow.test${path}${query}", "shadow.test")]
    [InlineData("http://shadow.test:8080/base$request_uri", "http://shadow.test:8080/base${path}${query}", "shadow.test")]
    [InlineData("http://shadow.test/x$is_args$args", "http://shadow.test/x${query}", "shadow.test")]
    public void Mirror_IsReadAsNginxReadsIt(string text, string target, string host)
    {
        var mirror = NginxScenario.Of(("mirror-target", text)).Policies.Find<Mirror>()!;

        Assert.Equal((target, host, true), (mirror.Target.Text, mirror.Host, mirror.WithBody));
    }

    [Theory]
    [InlineData("http://$host/")]
    [InlineData("http://shadow.test/$secret")]
    [InlineData("http://${host}/")]
    [InlineData("http://shadow.test/;proxy_pass http://evil.test")]
    [InlineData("http://shadow.test/\"; } location /x { #")]
    [InlineData("http://shadow.test/\nproxy_pass http://evil.test;")]
    [InlineData("shadow.test")]
    public void Mirror_ThatIsWrong_LeadsNowhere_AndSaysSo(string text)
    {
        var scenario = NginxScenario.Of(("mirror-target", text));

        Assert.Null(scenario.Policies.Find<Mirror>());
        Assert.Single(scenario.Findings);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", null)]
    [InlineData("no", null)]
    public void AccessLog_CanBeSwitchedOff(string text, bool? isOn)
        => Assert.Equal(isOn, NginxScenario.Of(("enable-access-log", text)).Policies.Find<AccessLog>()?.IsOn);

    // Ours go first, and a default of the controller says nothing about it.
    [Fact]
    public void OwnAnnotation_GoesBeforeTheDefault_WithoutAWord()
    {
        var annotations = new Dictionary<string, string> { ["ingress.routing/body-size-limit"] = "5k" };
        var scenario = NginxScenario.For(new(), Some.Ingress(
            "t/i", [Some.Rule("h.test", Some.Prefix("/a"))], annotations: annotations));

        Assert.Equal(5 << 10, scenario.Policies.Find<BodySizeLimit>()!.Bytes);
        Assert.Empty(scenario.Findings);
    }

    private static List<string> HeadersOf(HttpResponseMessage response)
        => [.. response.Headers.Where(static header => header.Key.StartsWith("Access-Control-", StringComparison.Ordinal))
            .SelectMany(static header => header.Value.Select(value => $"{header.Key}: {value}")).Order(StringComparer.Ordinal)];
}
