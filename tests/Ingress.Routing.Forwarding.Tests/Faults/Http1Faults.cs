namespace Ingress.Routing.Forwarding.Tests.Faults;

/// <summary>What a backend can do wrong over HTTP/1.1. Each has a name by which tables call it.</summary>
internal static class Http1Faults
{
    private static readonly Dictionary<string, Func<RawConnection, int, Task<bool>>> s_all = new()
    {
        ["closes instead of answering"] = static (_, _) => Task.FromResult(false),
        ["resets instead of answering"] = static (connection, _) => Fail(connection),
        ["closes a kept connection"] = static (connection, ordinal) => ordinal == 0 ? FaultyBackend.OkAsync(connection) : Task.FromResult(false),
        ["resets a kept connection"] = static (connection, ordinal) => ordinal == 0 ? FaultyBackend.OkAsync(connection) : Fail(connection),
        ["closes in the head"] = static (connection, _) => Write(connection, "HTTP/1.1 200 OK\r\nContent-Le"),
        ["resets in the head"] = static async (connection, _) => await Write(connection, "HTTP/1.1 200 OK\r\nContent-Le") || await Fail(connection),
        ["closes in the body"] = static (connection, _) => Write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"),
        ["resets in the body"] = static async (connection, _) => await Write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n") || await Fail(connection),
        ["never answers"] = static async (connection, _) => await Wait(connection),
        ["stops in the head"] = static async (connection, _) => await Write(connection, "HTTP/1.1 200 OK\r\n") || await Wait(connection),
        ["stops in the body"] = static async (connection, _) => await Write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx") || await Wait(connection),
        ["trickles its head"] = static (connection, _) => Trickle(connection, "HTTP/1.1 200 OK\r\nX-Slow: "),
        ["speaks something else"] = static (connection, _) => Write(connection, "SSH-2.0-OpenSSH_9.6\r\n"),
        ["sends bytes without sense"] = static (connection, _) => Write(connection, "\u0016\u0003\u0001\0\u0002\u0001\0\0\n\n\r\n\r\n"),
        ["sends a chunk that is none"] = static (connection, _) => Write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n"),
        ["sends a length that is none"] = static (connection, _) => Write(connection, "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok"),
        ["sends less than its length"] = static (connection, _) => Write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok"),
        ["floods interim answers"] = static (connection, _) => Flood(connection, "HTTP/1.1 102 Processing\r\n\r\n"),
        ["floods headers"] = static (connection, _) => Flood(connection, "X-Header: of a flood\r\n", "HTTP/1.1 200 OK\r\n"),
    };

    public static FaultyBackend Start(string name) => new(s_all[name]);

    private static Task<bool> Fail(RawConnection connection)
    {
        connection.Reset();
        return Task.FromResult(false);
    }

    private static async Task<bool> Write(RawConnection connection, string text)
    {
        await connection.WriteAsync(text);
        return false;
    }

    private static async Task<bool> Wait(RawConnection connection)
    {
        await connection.ReadToEndAsync();
        return false;
    }

    private static async Task<bool> Trickle(RawConnection connection, string begin)
    {
        await connection.WriteAsync(begin);
        while (true)
        {
            await connection.WriteAsync("x");
            await Task.Delay(50); // what is tested is time itself
        }
    }

    private static async Task<bool> Flood(RawConnection connection, string piece, string begin = "")
    {
        await connection.WriteAsync(begin);
        var pieces = string.Concat(Enumerable.Repeat(piece, 100));
        while (true)
        {
            await connection.WriteAsync(pieces);
        }
    }
}
