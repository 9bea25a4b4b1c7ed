namespace Ingress.Routing.Nginx.Tests;

public sealed class NginxTextTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData("t", true)]
    [InlineData("T", true)]
    [InlineData("TRUE", true)]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("0", false)]
    [InlineData("f", false)]
    [InlineData("F", false)]
    [InlineData("FALSE", false)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("yes", null)]
    [InlineData("on", null)]
    [InlineData("tRUE", null)]
    [InlineData("", null)]
    public void Boolean_IsReadAsGoDoes(string text, bool? expected)
        => Assert.Equal(expected, NginxText.TryReadBoolean(text, out bool value) ? value : null);

    [Theory]
    [InlineData("60", 60)]
    [InlineData("+60", 60)]
    [InlineData("-1", -1)]
    [InlineData("20m", null)]
    [InlineData(" 20", null)]
    [InlineData("1,000", null)]
    [InlineData("2147483648", null)]
    [InlineData("", null)]
    public void Number_IsReadAsGoDoes(string text, int? expected)
        => Assert.Equal(expected, NginxText.TryReadNumber(text, out var value) ? value : null);

    // nginx-corrections 10: '1b' and '1 k' pass the validator, and are then dropped.
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("100", 100L)]
    [InlineData("8k", 8192L)]
    [InlineData("8M", 8388608L)]
    [InlineData("10G", 10737418240L)]
    [InlineData("1b", null)]
    [InlineData("1 k", null)]
    [InlineData("k", null)]
    [InlineData("-1", null)]
    [InlineData("9999999999999999999", null)]
    [InlineData("9999999999999g", null)]
    [InlineData("", null)]
    public void Size_IsReadAsTheTemplateDoes(string text, long? expected)
        => Assert.Equal(expected, NginxText.TryReadSize(text, out var value) ? value : null);

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("192.0.2.7, 2001:db8::1", "192.0.2.7/32 2001:db8::1/128")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("0.0.0.0/0,::/0", "0.0.0.0/0 ::/0")]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0.0", null)]
    [InlineData("127.1", null)]
    [InlineData("0x7f.0.0.1", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("example.test", null)]
    [InlineData("", null)]
    [InlineData(",", null)]
    public void Networks_AreReadAsGoDoes(string text, string? expected)
        => Assert.Equal(expected, NginxText.TryReadNetworks(text, out var networks) ? string.Join(' ', networks.Select(static network => network.ToString())) : null);

    [Theory]
    [InlineData("users", "t", "t/users")]
    [InlineData("other/users", "t", "other/users")]
    [InlineData("users", null, null)]
    [InlineData("a/b/c", "t", null)]
    [InlineData("/users", "t", null)]
    [InlineData("", "t", null)]
    public void Reference_IsANameWithOrWithoutNamespace(string text, string? own, string? expected)
        => Assert.Equal(expected, NginxText.TryReadReference(text, own, out var name) ? name.ToString() : null);

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("true", null)]
    [InlineData("On", null)]
    public void Switch_IsOnOrOff(string text, bool? expected)
        => Assert.Equal(expected, NginxText.TryReadSwitch(text, out var value) ? value : null);
}
