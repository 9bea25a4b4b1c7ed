using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>A contender in a process of its own, on a processor of its own.</summary>
internal sealed class HandshakeServer : IDisposable
{
    private readonly Process _process;
    private readonly NginxFolder? _nginx;

    private HandshakeServer(string name, int names, string command, NginxFolder? nginx = null)
    {
        (Name, Names, _nginx) = (name, names, nginx);

        // From the start: the runtime counts its processors once. The first processor is the server's, the others are the client's.
        var arguments = Environment.ProcessorCount > 1 ? "taskset -c 0 " + command : command;
        var space = arguments.IndexOf(' ', StringComparison.Ordinal);
        _process = Process.Start(new ProcessStartInfo(arguments[..space], arguments[(space + 1)..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Port = nginx is null ? (int)Read() : Answering(nginx.Port);
    }

    public string Name { get; }

    /// <summary>How many names it knows.</summary>
    public int Names { get; }

    public int Port { get; }

    /// <summary>User and system time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>What the contender allocated so far on the managed heap; null for one without.</summary>
    public long? AllocatedBytes
    {
        get
        {
            if (_nginx is not null)
            {
                return null;
            }

            _process.StandardInput.WriteLine();
            return Read();
        }
    }

    public static HandshakeServer Kestrel(string name, string contender, int names = KestrelServer.Names)
        => new(name, names, $"{Environment.ProcessPath} {KestrelServer.Argument} {contender}");

    /// <summary>Null, with a message, where nginx is not installed.</summary>
    public static HandshakeServer? Nginx()
    {
        if (!IsInstalled("nginx"))
        {
            Report.Line($"SKIPPED: there is no nginx on the PATH, so nothing is compared with it. On Debian: apt-get install nginx-light");
            return null;
        }

        var folder = new NginxFolder();
        return new("nginx", NginxFolder.Names, folder.Command, folder);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _nginx?.Dispose();
    }

    private static bool IsInstalled(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "-v") { RedirectStandardError = true });
            process!.WaitForExit();
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private long Read()
        => long.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended."), CultureInfo.InvariantCulture);

    private int Answering(int port)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1); Thread.Sleep(50))
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return port;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException($"{Name} does not answer.");
    }
}
