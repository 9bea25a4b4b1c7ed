using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class BodyTests
{
    [Theory]
    [InlineData("10", 10, 200)]
    [InlineData("10", 11, 413)]
    [InlineData("0", 0, 200)]
    [InlineData("0", 1, 413)]
    [InlineData("1k", 1024, 200)]
    [InlineData("1K", 1025, 413)]
    [InlineData("1m", 1 << 20, 200)]
    [InlineData("1m", (1 << 20) + 1, 413)]
    public async Task DeclaredLength_AboveTheLimit_Is413(string limit, int length, int status)
    {
        await using var site = await StartAsync(("body-size-limit", limit));

        var response = await PostAsync(site, $"Content-Length: {length}", new string('x', length));

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 200 ? $"{length} bytes, length {length}" : "413 Content Too Large.\n", response.Body);
    }

    [Theory]
    [InlineData("10", 10, 200)]
    [InlineData("10", 11, 413)]
    [InlineData("100", 5000, 413)]
    public async Task ChunkedBody_GrowingPastTheLimit_Is413(string limit, int length, int status)
    {
        await using var site = await StartAsync(("body-size-limit", limit));
        await using var buffering = await StartAsync(("body-size-limit", limit), ("request-buffering", "true"));

        Assert.Equal(status, (await PostAsync(site, "Transfer-Encoding: chunked", Chunks(length))).Status);
        Assert.Equal(status, (await PostAsync(buffering, "Transfer-Encoding: chunked", Chunks(length))).Status);
    }

    // nginx finds out while it looks for the location, before anything that the location says.
    [Theory]
    [InlineData("redirect-target", "/new")]
    [InlineData("allow-addresses", "10.0.0.0/8")]
    [InlineData("cors-origins", "*")]
    public async Task DeclaredLength_GoesBeforeEverythingElse(string name, string text)
    {
        await using var site = await StartAsync(("body-size-limit", "10"), (name, text));

        var response = await PostAsync(site, "Content-Length: 11\r\nOrigin: https://a.test", "01234567890");

        Assert.Equal(413, response.Status);
        Assert.DoesNotContain("Access-Control-Allow-Origin", response.Headers.Keys);
    }

    [Fact]
    public async Task ClientThatWaitsToBeTold_IsToldBeforeItSends()
    {
        await using var site = await StartAsync(("body-size-limit", "10"));

        var response = await PostAsync(site, "Content-Length: 1000000000\r\nExpect: 100-continue", "");

        Assert.Equal(413, response.Status);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("10mb")]
    [InlineData("1 m")]
    [InlineData("9999999999999g")]
    [InlineData("")]
    public async Task TextThatIsNoSize_ClosesThePaths(string text)
    {
        await using var site = await StartAsync(("body-size-limit", text));

        Assert.Equal(503, await site.StatusAsync());
    }

    [Theory]
    [InlineData(0, "64k")]
    [InlineData(5, "64k")]
    [InlineData(200_000, "1k")]
    [InlineData(200_000, "1m")]
    public async Task Buffering_GivesABodyItsLength(int length, string memory)
    {
        await using var site = await StartAsync(("request-buffering", "true"), ("request-buffering-memory", memory));

        var response = await PostAsync(site, "Transfer-Encoding: chunked", Chunks(length));

        Assert.Equal((200, $"{length} bytes, length {length}"), (response.Status, response.Body));
    }

    [Fact]
    public async Task Buffering_AsksTheBackendOnceTheBodyIsThere()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("request-buffering", "true")),
            context =>
            {
                asked.TrySetResult();
                return Task.CompletedTask;
            });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.Site.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: h.test\r\nContent-Length: 2\r\nConnection: close\r\n\r\na"u8.ToArray());

        // Another request, to know that this one has long been read as far as it goes.
        Assert.Equal(200, await site.StatusAsync("/other-is-asked-at-once-" + asked.Task.IsCompleted));
        asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.False(asked.Task.IsCompleted);
        await stream.WriteAsync("b"u8.ToArray());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("Content-Type: application/grpc")]
    [InlineData("Content-Type: application/grpc+proto")]
    public async Task Buffering_LetsStreamsOfGrpcPass(string header)
    {
        await using var site = await StartAsync(("request-buffering", "true"));

        var response = await PostAsync(site, $"Transfer-Encoding: chunked\r\n{header}", Chunks(5));

        Assert.Equal((200, "5 bytes, length "), (response.Status, response.Body));
    }

    [Fact]
    public async Task Buffering_BodyThatIsMalformed_Is400_AndReachesNoBackend()
    {
        await using var site = await StartAsync(("request-buffering", "true"));

        var response = await PostAsync(site, "Transfer-Encoding: chunked", "zz\r\n");

        Assert.Equal((400, false), (response.Status, response.Headers.ContainsKey("X-Backend")));
    }

    private static Task<PolicySite> StartAsync(params (string Name, string Text)[] annotations) => PolicySite.StartAsync(
        PolicySite.Snapshot(annotations),
        async context =>
        {
            var length = context.Request.ContentLength;
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            context.Response.Headers["X-Backend"] = "web";
            await context.Response.WriteAsync($"{body.Length} bytes, length {length}");
        });

    private static Task<RawResponse> PostAsync(PolicySite site, string headers, string body)
        => RawResponse.SendAsync(site.Site.Port, $"POST / HTTP/1.1\r\nHost: h.test\r\nConnection: close\r\n{headers}\r\n\r\n{body}");

    private static string Chunks(int length)
    {
        var chunks = new StringBuilder();
        for (var left = length; left > 0; left -= 4096)
        {
            var size = Math.Min(left, 4096);
            chunks.Append(null, $"{size:x}\r\n{new string('x', size)}\r\n");
        }

        return chunks.Append("0\r\n\r\n").ToString();
    }
}
