using System.Net;
using System.Net.Sockets;
using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    [InlineData("[::1]:0", "[::1]:0")]
    [InlineData("[::]:65535", "[::]:65535")]
    [InlineData("8080", "127.0.0.1:8080")]
    public void TryParse_Address_IsThatAddress(string text, string endPoint)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        Assert.Equal([IPEndPoint.Parse(endPoint)], address.EndPoints);
    }

    [Theory]
    [InlineData("*:8080")]
    [InlineData(":8080")]
    public void TryParse_NoAddress_IsAllAddresses(string text)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        var all = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        Assert.Equal([new IPEndPoint(all, 8080)], address.EndPoints);
    }

    [Fact]
    public void TryParse_Localhost_IsLoopbackOnly()
    {
        Assert.True(ListenAddress.TryParse("localhost:8080", out var address));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8080), address.EndPoints[0]);
        Assert.All(address.EndPoints, endPoint => Assert.True(IPAddress.IsLoopback(endPoint.Address)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:80 ")]
    [InlineData("127.1:80")]
    [InlineData("01.2.3.4:80")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("[::1]")]
    [InlineData("example.com:80")]
    [InlineData("http://127.0.0.1:80")]
    public void TryParse_Nonsense_IsRefused(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
