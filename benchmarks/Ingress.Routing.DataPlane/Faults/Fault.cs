using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.DataPlane.Faults;

/// <summary>One thing that a backend does wrong.</summary>
/// <param name="Name">What it is, for the table.</param>
/// <param name="HasGoodNeighbour">Whether the Service has a second endpoint that does nothing wrong.</param>
/// <param name="Answer">What it does with a request, and its ordinal on its connection.</param>
/// <param name="Listens">Whether it takes connections.</param>
internal sealed record Fault(string Name, bool HasGoodNeighbour, Func<Socket, int, Task<bool>> Answer, bool Listens = true)
{
    /// <summary>Whether it dies when a quarter of the requests was sent.</summary>
    public bool Dies { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("none", true, static (socket, _) => FaultyServer.OkAsync(socket)),
        new("one of two refuses connections", true, static (socket, _) => FaultyServer.OkAsync(socket), Listens: false),
        new("one of two is killed under load", true, static async (socket, _) => await Briefly() && await FaultyServer.OkAsync(socket)) { Dies = true },
        new("one of two closes instead of answering", true, static (_, _) => Task.FromResult(false)),
        new("one of two resets instead of answering", true, static (socket, _) => Task.FromResult(Reset(socket))),
        new("the only one closes each third request", false, static (socket, ordinal) => ordinal < 2 ? FaultyServer.OkAsync(socket) : Task.FromResult(false)),
        new("the only one resets each third request", false, static (socket, ordinal) => ordinal < 2 ? FaultyServer.OkAsync(socket) : Task.FromResult(Reset(socket))),
        new("the only one closes after each answer", false, static async (socket, _) => await FaultyServer.OkAsync(socket) && await Soon()),
        new("one of two resets in the head", true, static async (socket, _) => await Send(socket, "HTTP/1.1 200 OK\r\nContent-Le") && Reset(socket)),
        new("one of two resets in the body", true, static async (socket, _) => await Send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx") && Reset(socket)),
        new("one of two sends bytes without sense", true, static async (socket, _) => await Send(socket, "SSH-2.0-OpenSSH_9.6\r\n") && Reset(socket)),
        new("one of two answers 500 to everything", true, static (socket, _) => Send(socket, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")),
        new("one of two never answers", true, static async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(1));
            return false;
        }),
    ];

    private static bool Reset(Socket socket)
    {
        socket.Close(timeout: 0);
        return false;
    }

    private static async Task<bool> Send(Socket socket, string text)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return true;
    }

    // So that there are requests in it at any moment.
    private static async Task<bool> Briefly()
    {
        await Task.Delay(2);
        return true;
    }

    // When the next request may be on its way already.
    private static async Task<bool> Soon()
    {
        await Task.Delay(1);
        return false;
    }
}
