using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>What strangers send to a port that speaks TLS.</summary>
public sealed class HandshakeGuardTests
{
    [Theory]
    [InlineData("15030300020250")] // an alert
    [InlineData("15030300020100")] // close_notify
    [InlineData("16030100050100000100")] // a hello that is none
    [InlineData("1703030001FF")] // application data
    [InlineData("140303000101")] // change_cipher_spec
    [InlineData("474554202F20485454502F312E310D0A0D0A")] // GET /
    [InlineData("FFFFFFFFFFFFFFFF")]
    public async Task FirstBytes_NoHandshake_AreNoErrorOfTheServer(string bytes)
    {
        var log = new TestLog();
        await using var site = await TestSite.StartAsync(TlsSite.Snapshot, build: builder =>
        {
            log.AddTo(builder.Logging);
            builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseIngressHttps()));
        });
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.Port, timeout.Token);

        var stream = client.GetStream();
        await stream.WriteAsync(Convert.FromHexString(bytes), timeout.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            while (await stream.ReadAsync(new byte[100], timeout.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed without a word.
        }

        await site.App.StopAsync(timeout.Token);
        Assert.Empty(log.EntriesAboveDebug("Microsoft.AspNetCore.Server.Kestrel"));
    }
}
