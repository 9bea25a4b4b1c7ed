using Ingress.Routing.AspNetCore.Resources;

namespace Ingress.Routing.AspNetCore.Tests.Resources;

public sealed class FilePathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b.txt", "/a/b.txt")]
    [InlineData("/a/", "/a/")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/caf%C3%A9", "/caf\u00E9")]
    [InlineData("/%F0%9F%98%80", "/\U0001F600")]
    [InlineData("/a%2520", "/a%20")]
    [InlineData("/a..b/c.", "/a..b/c.")]
    public void TryDecode_Name_DecodesOnce(string path, string expected)
    {
        Assert.True(FilePath.TryDecode(path, out var decoded));
        Assert.Equal(expected, decoded);
    }

    [Theory]
    [InlineData("/..")]
    [InlineData("/.a")]
    [InlineData("/a/.b/c")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%5Cb")]
    [InlineData("/a%00b")]
    [InlineData("/a%0Ab")]
    [InlineData("/a%7F")]
    [InlineData("/%FF")]
    [InlineData("/%C0%AF")]
    [InlineData("/%ED%A0%80")]
    [InlineData("/%C3")]
    [InlineData("//a")]
    [InlineData("/a//b")]
    public void TryDecode_NoName_Refuses(string path) => Assert.False(FilePath.TryDecode(path, out _));

    [Theory]
    [InlineData(".git")]
    [InlineData("..")]
    [InlineData("a\\b")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void IsServable_NameOfAResourceThatIsNoFolder_IsFalse(string name) => Assert.False(FilePath.IsServable(name));
}
