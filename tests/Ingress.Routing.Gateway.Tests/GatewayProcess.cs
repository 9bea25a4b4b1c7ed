using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>The executable in a process of its own, where signals can be sent to it.</summary>
internal sealed class GatewayProcess : IDisposable
{
    public const string Interrupt = "INT";
    public const string Terminate = "TERM";

    private readonly Process _process;

    private GatewayProcess(Process process)
    {
        _process = process;
    }

    public IPEndPoint Http => EndPointOf("Listening on http://");

    public IPEndPoint Admin => EndPointOf("Admin on http://");

    /// <summary>How much memory it has, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public bool HasExited => _process.HasExited;

    public IPEndPoint Https => EndPointOf("Listening on https://");

    /// <summary>What was printed until it was ready.</summary>
    public IReadOnlyList<string> Start { get; private set; } = [];

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="home">Its home folder.</param>
    /// <param name="args">What follows <c>run</c> and an HTTP listener.</param>
    public static Task<GatewayProcess> StartAsync(string home, params string[] args)
        => StartAsync(new ProcessStartInfo("dotnet"), ["exec"], home, args);

    /// <summary>Starts it with a limit on open files.</summary>
    /// <param name="openFiles">The limit.</param>
    /// <param name="home">Its home folder.</param>
    /// <param name="args">What follows <c>run</c> and an HTTP listener.</param>
    public static Task<GatewayProcess> StartLimitedAsync(int openFiles, string home, params string[] args)
        => StartAsync(new ProcessStartInfo("bash"), ["-c", $"ulimit -n {openFiles} && exec dotnet exec \"$@\"", "gateway"], home, args);

    private static async Task<GatewayProcess> StartAsync(ProcessStartInfo start, string[] before, string home, string[] args)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var arg in (string[])[.. before, Path.Combine(AppContext.BaseDirectory, "ingress-gateway.dll"), "run", "--http", "127.0.0.1:0", .. args])
        {
            start.ArgumentList.Add(arg);
        }

        // Neither may add a listener or take one away.
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:1";
        start.Environment["ASPNETCORE_HTTP_PORTS"] = "1";
        start.Environment["HOME"] = home;
        start.Environment.Remove("XDG_DATA_HOME");
        var gateway = new GatewayProcess(Process.Start(start)!);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lines = new List<string>();
        while (await gateway._process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            lines.Add(line);
            if (line == "Ready.")
            {
                gateway.Start = lines;
                return gateway;
            }
        }

        throw new InvalidOperationException($"It ended: {await gateway._process.StandardError.ReadToEndAsync(deadline.Token)}");
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for the line on standard error that says it has begun to stop.</summary>
    public async Task WaitUntilStoppingAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await _process.StandardError.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith("Stopping:", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("It ended without a word.");
    }

    public async Task<int> WaitForExitAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private IPEndPoint EndPointOf(string beginning)
        => IPEndPoint.Parse(Start.Single(line => line.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..]);
}
