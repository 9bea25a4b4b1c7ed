namespace Ingress.Routing.AspNetCore.Tests.Resources;

public sealed class StaticFileBackendTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ingress-static-");
    private TestSite _site = null!;

    private string Folder => Path.Join(_root.FullName, "shop", "icon-assets");

    public async Task InitializeAsync()
    {
        Write("shop/icon-assets/icons/a.svg", "<svg/>");
        Write("shop/icon-assets/icons/index.html", "index");
        Write("shop/icon-assets/icons/data.unknown-type", "data");
        Write("shop/icon-assets/icons/caf\u00E9 100%.txt", "accents");
        Write("shop/icon-assets/icons/a%20b.txt", "percent");
        Write("shop/icon-assets/icons/empty/nothing-of-interest.txt", "x");
        Write("shop/icon-assets/icons/.secret", "secret");
        Write("shop/icon-assets/icons/.git/config", "secret");
        Write("shop/icon-assets/secret.txt", "secret");
        Write("shop/secret.txt", "secret");
        Write("shop/icon-assets-2/icons/secret.txt", "secret");
        Write("secret.txt", "secret");
        _site = await TestSite.StartAsync(
            ResourceBackendTests.Buckets("example.com", "Bucket"),
            ingress => ingress.AddStaticFileBackend("example.com", "Bucket", _root.FullName));
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task Get_File_IsServedFromTheWholePathBelowTheFolder()
    {
        var response = await _site.GetAsync("/icons/a.svg");

        Assert.Equal((200, "<svg/>"), (response.Status, response.Body));
        Assert.Equal("image/svg+xml", response.Headers["Content-Type"]);
        Assert.Equal("bytes", response.Headers["Accept-Ranges"]);
    }

    [Fact]
    public async Task Get_UnknownExtension_IsOctetStream()
        => Assert.Equal("application/octet-stream", (await _site.GetAsync("/icons/data.unknown-type")).Headers["Content-Type"]);

    [Theory]
    [InlineData("/icons/caf%C3%A9%20100%25.txt", "accents")]
    [InlineData("/icons/a%2520b.txt", "percent")]
    public async Task Get_EscapedName_IsDecodedOnce(string target, string expected)
        => Assert.Equal(expected, (await _site.GetAsync(target)).Body);

    [Fact]
    public async Task Get_Folder_IsRedirectedAndServesItsIndex()
    {
        var redirect = await _site.GetAsync("/icons?q=1");
        var index = await _site.GetAsync("/icons/");

        Assert.Equal(301, redirect.Status);
        Assert.Equal("http://h.test/icons/?q=1", redirect.Headers["Location"]);
        Assert.Equal((200, "index"), (index.Status, index.Body));
        Assert.Equal(404, (await _site.GetAsync("/icons/empty/")).Status);
        Assert.Equal(404, (await _site.GetAsync("/icons/empty")).Status);
    }

    [Fact]
    public async Task Get_Range_IsPartialContent()
    {
        var response = await SendAsync("GET", "/icons/a.svg", "Range: bytes=1-3");
        var unsatisfiable = await SendAsync("GET", "/icons/a.svg", "Range: bytes=100-");

        Assert.Equal((206, "svg"), (response.Status, response.Body));
        Assert.Equal("bytes 1-3/6", response.Headers["Content-Range"]);
        Assert.Equal(416, unsatisfiable.Status);
    }

    [Fact]
    public async Task Get_KnownETag_IsNotModified()
    {
        var first = await _site.GetAsync("/icons/a.svg");

        var second = await SendAsync("GET", "/icons/a.svg", $"If-None-Match: {first.Headers["ETag"]}");

        Assert.Equal((304, ""), (second.Status, second.Body));
    }

    [Fact]
    public async Task Head_File_HasHeadersAndNoBody()
    {
        var response = await _site.GetAsync("/icons/a.svg", method: "HEAD");

        Assert.Equal((200, ""), (response.Status, response.Body));
        Assert.Equal("6", response.Headers["Content-Length"]);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_Method_IsNotAllowed(string method)
    {
        var response = await SendAsync(method, "/icons/a.svg", "Content-Length: 0");

        Assert.Equal(405, response.Status);
        Assert.Equal("GET, HEAD", response.Headers["Allow"]);
    }

    [Theory]
    [InlineData("/icons/missing.svg")]
    [InlineData("/icons/a.svg/")]
    [InlineData("/icons/a.svg/b")]
    [InlineData("/icons/A.SVG")]
    [InlineData("/icons/.secret")]
    [InlineData("/icons/%2Esecret")]
    [InlineData("/icons/.git/config")]
    [InlineData("/icons/..%2Fsecret.txt")]
    [InlineData("/icons/..%2fsecret.txt")]
    [InlineData("/icons/%2e%2e%2fsecret.txt")]
    [InlineData("/icons/..%5Csecret.txt")]
    [InlineData("/icons/..%5c..%5csecret.txt")]
    [InlineData("/icons/%252e%252e/secret.txt")]
    [InlineData("/icons/..%252Fsecret.txt")]
    [InlineData("/icons%2F..%2F..%2F..%2Fsecret.txt")]
    [InlineData("/icons/%2Fetc%2Fpasswd")]
    [InlineData("/icons/a.svg%0A")]
    [InlineData("/icons/%FF")]
    [InlineData("/icons/%C0%AE%C0%AE/secret.txt")]
    [InlineData("/icons/...%2F")]
    public async Task Get_NothingToServe_IsNotFound(string target)
    {
        var response = await _site.GetAsync(target);

        Assert.Equal(404, response.Status);
        Assert.DoesNotContain("secret", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/icons/../secret.txt")]
    [InlineData("/icons/%2e%2e/secret.txt")]
    [InlineData("/../../secret.txt")]
    public async Task Get_ClimbingOutOfTheRule_MatchesNoRule(string target) => Assert.Equal(404, (await _site.GetAsync(target)).Status);

    [Theory]
    [InlineData("/icons/a.svg%00.txt")]
    [InlineData("/icons/a.svg%00")]
    public async Task Get_Nul_NeverReachesTheFiles(string target) => Assert.Equal(400, (await _site.GetAsync(target)).Status);

    [Fact]
    public async Task Get_LinkOutOfTheFolder_IsNotFound()
    {
        Link("icons/file.txt", Path.Join(_root.FullName, "secret.txt"));
        Link("icons/relative.txt", "../../../secret.txt");
        Link("icons/folder", _root.FullName);
        Link("icons/sibling", Path.Join(_root.FullName, "shop", "icon-assets-2", "icons"));
        Link("icons/first", "second");
        Link("icons/second", Path.Join(_root.FullName, "shop"));
        Link("icons/loop", "loop");

        Assert.All(
            await Task.WhenAll(new[] { "file.txt", "relative.txt", "folder/secret.txt", "sibling/secret.txt", "first/secret.txt", "loop", "loop/x" }
                .Select(name => _site.GetAsync("/icons/" + name))),
            response => Assert.Equal(404, response.Status));
    }

    [Fact]
    public async Task Get_LinkWithinTheFolder_IsFollowed()
    {
        // As a mounted ConfigMap looks.
        Write("shop/icon-assets/icons/..2026_01_01/mounted.txt", "mounted");
        Link("icons/..data", "..2026_01_01");
        Link("icons/mounted.txt", "..data/mounted.txt");

        Assert.Equal("mounted", (await _site.GetAsync("/icons/mounted.txt")).Body);
        Assert.Equal(404, (await _site.GetAsync("/icons/..data/mounted.txt")).Status);
    }

    [Fact]
    public async Task Get_FolderIsALink_IsServed()
    {
        var release = Path.Join(_root.FullName, "release-2");
        Directory.Move(Folder, release);
        Directory.CreateSymbolicLink(Folder, release);

        Assert.Equal("<svg/>", (await _site.GetAsync("/icons/a.svg")).Body);
    }

    [Fact]
    public async Task Get_FolderAppearsLater_IsServedThen()
    {
        var aside = Path.Join(_root.FullName, "aside");
        Directory.Move(Folder, aside);
        Assert.Equal(404, (await _site.GetAsync("/icons/a.svg")).Status);

        Directory.Move(aside, Folder);
        Assert.Equal(200, (await _site.GetAsync("/icons/a.svg")).Status);
    }

    private Task<RawResponse> SendAsync(string method, string target, string header)
        => RawResponse.SendAsync(_site.Port, $"{method} {target} HTTP/1.1\r\nHost: h.test\r\n{header}\r\nConnection: close\r\n\r\n");

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Join(_root.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    private void Link(string path, string target) => File.CreateSymbolicLink(Path.Join(Folder, path), target);
}
