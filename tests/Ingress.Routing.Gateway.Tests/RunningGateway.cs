using System.Net;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>The command <c>run</c> in this process, on ports that the system chose.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LineWriter _error = new();
    private Task<int> _exitCode = Task.FromResult(-1);

    public LineWriter Output { get; } = new();

    public string Error => _error.Text;

    /// <summary>What was printed until it was ready.</summary>
    public IReadOnlyList<string> Start { get; private set; } = [];

    public IPEndPoint Http => EndPointOf("Listening on http://");

    public IPEndPoint Https => EndPointOf("Listening on https://");

    public IPEndPoint Admin => EndPointOf("Admin on http://");

    public static Task<RunningGateway> StartAsync(params string[] args)
        => StartAsync(gateway => GatewayCommandLine.InvokeAsync(
            ["run", .. args], TextReader.Null, gateway.Output, gateway._error, gateway._stop.Token));

    /// <summary>Starts with settings that the command line cannot say.</summary>
    public static Task<RunningGateway> StartAsync(RunSettings settings)
        => StartAsync(gateway => RunCommand.RunAsync(settings, gateway.Output, gateway._error, gateway._stop.Token));

    /// <summary>Starts with an HTTP listener and whatever else the arguments say.</summary>
    public static Task<RunningGateway> StartHttpAsync(string manifests, params string[] args)
        => StartAsync(["--manifests", manifests, "--http", "127.0.0.1:0", .. args]);

    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _exitCode.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static async Task<RunningGateway> StartAsync(Func<RunningGateway, Task<int>> run)
    {
        var gateway = new RunningGateway();
        gateway._exitCode = Task.Run(() => run(gateway));
        var ready = gateway.Output.ReadToAsync("Ready.");
        if (await Task.WhenAny(ready, gateway._exitCode) == gateway._exitCode)
        {
            throw new InvalidOperationException($"It ended with {await gateway._exitCode}: {gateway.Error}");
        }

        gateway.Start = await ready;
        return gateway;
    }

    private IPEndPoint EndPointOf(string beginning)
        => IPEndPoint.Parse(Start.Single(line => line.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..]);
}
