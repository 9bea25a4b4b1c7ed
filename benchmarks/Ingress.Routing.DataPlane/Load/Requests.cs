using System.Text;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Load;

/// <summary>Requests ready to be sent. The same ones in each run.</summary>
internal sealed class Requests
{
    private const int Count = 16_384;

    private readonly byte[][] _requests;

    private Requests(byte[][] requests) => _requests = requests;

    /// <summary>GET with the headers of a usual client, to a host drawn at random, each as often as any other.</summary>
    public static Requests ToHosts(int hosts)
    {
        var random = new Random(hosts);
        var ready = Enumerable.Range(0, hosts).Select(static host => Encoding.ASCII.GetBytes(
            $"GET /api/items?page=2 HTTP/1.1\r\nHost: {Fleet.Host(host)}\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html,application/json;q=0.9,*/*;q=0.8\r\n"
            + "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en-GB,en;q=0.5\r\n\r\n")).ToArray();
        return new([.. Enumerable.Range(0, Count).Select(_ => ready[random.Next(hosts)])]);
    }

    /// <summary>The request with a number; numbers begin again when there are no more.</summary>
    public ReadOnlySpan<byte> this[int index] => _requests[index & (Count - 1)];
}
