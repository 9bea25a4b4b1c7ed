using System.Globalization;

namespace Ingress.Routing.Tests;

/// <summary>The one grammar of references by text.</summary>
public sealed class ReferenceParsingTests
{
    [Theory]
    [InlineData("shop/tls", "shop/tls")]
    [InlineData("tls", "default/tls")]
    [InlineData("1/a.b-c.9", "1/a.b-c.9")]
    public void Name_IsRead(string text, string expected)
    {
        Assert.Equal(expected, NamespacedName.Parse(text, CultureInfo.InvariantCulture).ToString());
        Assert.True(NamespacedName.TryParse(text, null, out var name));
        Assert.Equal(name, NamespacedName.Parse(name.ToString(), CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", "The name is missing.")]
    [InlineData("shop/", "The name is missing.")]
    [InlineData("/tls", "The namespace in front of '/' is missing.")]
    [InlineData("a/b/c", "It has more than one '/'.")]
    [InlineData("a.b/tls", "The namespace 'a.b' is malformed: ")]
    [InlineData("Shop/tls", "The namespace 'Shop' is malformed: ")]
    [InlineData("shop/TLS", "The name 'TLS' is malformed: ")]
    [InlineData("shop/tls.", "The name 'tls.' is malformed: ")]
    [InlineData("shop/tls\n", "The name 'tls\n' is malformed: ")]
    public void Name_Malformed_SaysWhere(string text, string problem)
    {
        Assert.False(NamespacedName.TryParse(text, null, out var name));
        Assert.Equal(default, name);
        Assert.StartsWith(problem, Assert.Throws<FormatException>(() => NamespacedName.Parse(text, CultureInfo.InvariantCulture)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop/web:80", 80, null)]
    [InlineData("shop/web:65535", 65535, null)]
    [InlineData("web:http", null, "http")]
    [InlineData("team-1/w-1:1a", null, "1a")]
    public void Service_IsRead(string text, int? number, string? portName)
    {
        var service = ServiceReference.Parse(text, CultureInfo.InvariantCulture);

        Assert.Equal((number, portName), (service.Port.Number, service.Port.Name));
        Assert.Equal(service, ServiceReference.Parse(service.ToString(), CultureInfo.InvariantCulture));
        Assert.True(ServiceReference.TryParse(text, null, out var again));
        Assert.Equal(service, again);
    }

    [Theory]
    [InlineData("", "The port is missing.")]
    [InlineData("shop/web", "The port is missing.")]
    [InlineData("shop/web:", "The port behind ':' is missing.")]
    [InlineData("shop/web:0", "The port '0' is not a number from 1 to 65535.")]
    [InlineData("shop/web:65536", "The port '65536' is not a number from 1 to 65535.")]
    [InlineData("shop/web:99999999999999999999", "The port '99999999999999999999' is not a number from 1 to 65535.")]
    [InlineData("shop/web:+80", "The name of the port '+80' is malformed: ")]
    [InlineData("shop/web:http--x", "The name of the port 'http--x' is malformed: ")]
    [InlineData("shop/1web:80", "The name '1web' is malformed: ")]
    [InlineData("shop/we.b:80", "The name 'we.b' is malformed: ")]
    [InlineData("a.b/web:80", "The namespace 'a.b' is malformed: ")]
    [InlineData(":80", "The name is missing.")]
    public void Service_Malformed_SaysWhere(string text, string problem)
    {
        Assert.False(ServiceReference.TryParse(text, null, out _));
        Assert.StartsWith(problem, Assert.Throws<FormatException>(() => ServiceReference.Parse(text, CultureInfo.InvariantCulture)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_IsRefused()
    {
        Assert.False(NamespacedName.TryParse(null, null, out _));
        Assert.False(ServiceReference.TryParse(null, null, out _));
        Assert.Throws<ArgumentNullException>(() => NamespacedName.Parse(null!, CultureInfo.InvariantCulture));
        Assert.Throws<ArgumentNullException>(() => ServiceReference.Parse(null!, CultureInfo.InvariantCulture));
    }
}
