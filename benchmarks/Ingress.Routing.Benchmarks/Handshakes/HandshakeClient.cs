using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>Full handshakes, one connection each, by several threads at once.</summary>
internal sealed partial class HandshakeClient(int threads)
{
    private readonly nint _context = OpenSsl.CreateContext();

    /// <summary>Shakes hands for each name that is handed out until there is none; returns how many there were.</summary>
    /// <param name="nextName">Called by all threads.</param>
    /// <param name="asks">Whether each connection carries a request too, to see that it is served.</param>
    public int Run(int port, Func<string?> nextName, bool asks = false)
    {
        var count = 0;
        Exception? failure = null;
        var running = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            try
            {
                LeaveFirstProcessor();
                var done = 0;
                while (failure is null && nextName() is { } name)
                {
                    Connect(port, name, source: index + 2, asks);
                    done++;
                }

                Interlocked.Add(ref count, done);
            }
            catch (Exception thrown) when (thrown is SocketException or InvalidOperationException)
            {
                failure = thrown;
            }
        })).ToArray();
        Array.ForEach(running, static thread => thread.Start());
        Array.ForEach(running, static thread => thread.Join());
        return failure is null ? count : throw failure;
    }

    private void Connect(int port, string name, int source, bool asks)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        // An address of its own for each thread, or the ports of one would run out: they stay taken for a while.
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)source]), 0));
        socket.Connect(IPAddress.Loopback, port);
        var connection = OpenSsl.Create(_context, socket.Handle, name);
        try
        {
            Check(OpenSsl.Connect(connection) == 1 && OpenSsl.IsResumed(connection) == 0, name, "no full handshake");
            if (asks)
            {
                Ask(connection, name);
                return;
            }

            // The server has read the last of the handshake when it ends the connection in turn. Session tickets are left unread until
            // then, because closing over them would be a reset, which costs the server an exception.
            _ = OpenSsl.ShutDown(connection);
            socket.Shutdown(SocketShutdown.Send);
            Span<byte> rest = stackalloc byte[2_048];
            while (socket.Receive(rest) > 0)
            {
            }
        }
        finally
        {
            OpenSsl.Free(connection);
        }
    }

    private static void Ask(nint connection, string name)
    {
        var request = System.Text.Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        Span<byte> answer = stackalloc byte[2_048];
        Check(OpenSsl.Write(connection, request, request.Length) == request.Length, name, "no request");
        var length = OpenSsl.Read(connection, answer, answer.Length);
        Check(length > 0 && answer[..length].StartsWith("HTTP/1.1 200"u8), name, "no answer");
    }

    private static void Check(bool isRight, string name, string otherwise)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"{name}: {otherwise}.");
        }
    }

    // By thread, which is what Linux means by affinity. With one processor there is nothing to choose, and this does nothing.
    private static void LeaveFirstProcessor()
    {
        var others = ~1L;
        _ = SetAffinity(0, sizeof(long), ref others);
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, ref long processors);
}
