using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>A server in a process of its own. It is killed when it is disposed of, and so is everything it has started.</summary>
/// <remarks>Linux only: processor time and memory are read from <c>/proc</c>.</remarks>
internal sealed class ServerProcess : IDisposable
{
    private const double MicrosecondsPerTick = 10_000; // USER_HZ is 100 wherever .NET runs

    private readonly Process _process;
    private readonly long _started = Stopwatch.GetTimestamp();

    private ServerProcess(string name, int port, Process process)
    {
        Name = name;
        Port = port;
        _process = process;
    }

    public string Name { get; }

    /// <summary>The port of loopback where it listens.</summary>
    public int Port { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>How long ago it was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_started);

    /// <summary>User and system time so far, in microseconds.</summary>
    public double ProcessorMicroseconds
    {
        get
        {
            // proc(5): the name in brackets may hold blanks; utime and stime are the 12th and 13th field behind it.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * MicrosecondsPerTick;
        }
    }

    /// <summary>What it has resident, in bytes.</summary>
    public long ResidentBytes => KilobytesOf("VmRSS:") * 1024;

    /// <summary>The most it had resident, in bytes.</summary>
    public long PeakResidentBytes => KilobytesOf("VmHWM:") * 1024;

    /// <summary>Starts a server.</summary>
    /// <param name="name">What it is called in reports.</param>
    /// <param name="port">Where it is going to listen; see <see cref="FreePort"/>.</param>
    /// <param name="processors">Which processors it may use.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="workingDirectory">Where it runs; null for where this process does.</param>
    public static ServerProcess Start(
        string name,
        int port,
        Processors processors,
        IReadOnlyList<string> command,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        string? workingDirectory = null)
    {
        // From its start: the runtime counts its processors once.
        string[] line = [.. Pinning.Prefix(processors), .. command];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (key, value) in environment ?? [])
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} could not be started.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => Tell(name, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(name, port, process);
    }

    /// <summary>A port of loopback that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">It has ended, or did not listen in time.</exception>
    public ServerProcess WaitUntilListening(TimeSpan? patience = null)
    {
        WaitUntil(
            () =>
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return true;
            },
            patience);
        return this;
    }

    /// <summary>Waits until something is true of it; a <see cref="SocketException"/> counts as not yet.</summary>
    /// <exception cref="InvalidOperationException">It has ended, or it did not become true in time.</exception>
    public void WaitUntil(Func<bool> isTrue, TimeSpan? patience = null)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < (patience ?? TimeSpan.FromMinutes(1)); Thread.Sleep(1))
        {
            try
            {
                if (isTrue())
                {
                    return;
                }
            }
            catch (SocketException) when (!HasExited)
            {
                // Not yet.
            }

            if (HasExited)
            {
                throw new InvalidOperationException($"{Name} has ended with exit code {_process.ExitCode}.");
            }
        }

        throw new InvalidOperationException($"{Name} does not answer.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static void Tell(string name, string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            Console.Error.WriteLine($"{name}: {line}");
        }
    }

    private long KilobytesOf(string field)
    {
        foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/status")))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
            {
                return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}
