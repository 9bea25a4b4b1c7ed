using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Tests;

public sealed class OptionValueTests
{
    [Theory]
    [InlineData("shop/web:80", "shop/web:80")]
    [InlineData("shop/web:http", "shop/web:http")]
    [InlineData("web:80", "default/web:80")]
    public void Reference_IsRead(string text, string expected)
    {
        Assert.True(ReferenceParser.TryParse(text, out var service));
        Assert.Equal(expected, service.ToString());
    }

    [Theory]
    [InlineData("shop/web")]
    [InlineData("shop/web:")]
    [InlineData("shop/web:0")]
    [InlineData("shop/web:65536")]
    [InlineData("/web:80")]
    [InlineData("shop/:80")]
    [InlineData("a/b/c:80")]
    [InlineData("Shop/web:80")]
    [InlineData(":80")]
    [InlineData("a.b/web:80")]
    [InlineData("shop/web.x:80")]
    [InlineData("shop/-web:80")]
    public void Reference_Malformed_IsRefused(string text)
    {
        Assert.False(ReferenceParser.TryParse(text, out _));
        Assert.NotEqual("", ReferenceParser.ProblemOf(text));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("15", 15)]
    [InlineData("15s", 15)]
    [InlineData("500ms", 0.5)]
    [InlineData("1m30s", 90)]
    [InlineData("1.5h", 5400)]
    public void Duration_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var time));
        Assert.Equal(TimeSpan.FromSeconds(seconds), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("1.5")]
    [InlineData("1x")]
    [InlineData("1s 2")]
    [InlineData("1..5s")]
    [InlineData("99999h")]
    [InlineData("99999999999")]
    public void Duration_Malformed_IsRefused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("shop/web:80=http://127.0.0.1:9000", "http://127.0.0.1:9000/")]
    [InlineData("shop/web:80=https://h.test/base/", "https://h.test/base/")]
    public void Backend_IsRead(string text, string address)
    {
        Assert.True(BackendAddress.TryParse(text, out var backend));
        Assert.Equal("shop/web:80", backend.Service.ToString());
        Assert.Equal(address, backend.Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("shop/web:80")]
    [InlineData("shop/web:80=")]
    [InlineData("shop/web:80=127.0.0.1:9000")]
    [InlineData("shop/web:80=ftp://h/")]
    [InlineData("shop/web:80=http://h/?q")]
    [InlineData("shop/web:80=http://u:p@h/")]
    [InlineData("shop/web=http://h/")]
    public void Backend_Malformed_IsRefused(string text) => Assert.False(BackendAddress.TryParse(text, out _));

    [Theory]
    [InlineData("storage.example.com/Bucket=dir", "storage.example.com/Bucket")]
    [InlineData("/ConfigMap=dir", "ConfigMap")]
    [InlineData("ConfigMap=dir", "ConfigMap")]
    public void Resource_IsRead(string text, string kind)
    {
        Assert.True(ResourceFolder.TryParse(text, out var folder));
        Assert.Equal(kind, folder.Kind.ToString());
        Assert.Equal(Path.GetFullPath("dir"), folder.Directory);
    }

    [Theory]
    [InlineData("Bucket")]
    [InlineData("Bucket=")]
    [InlineData("=dir")]
    [InlineData("group/=dir")]
    [InlineData("a/b/c=dir")]
    public void Resource_Malformed_IsRefused(string text) => Assert.False(ResourceFolder.TryParse(text, out _));
}
