using System.Net.Sockets;
using Ingress.Routing.DataPlane.Steady;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary>Two hosts with a backend that fails: alone it may fail requests, beside one that works it may fail none that can be sent again.</summary>
/// <remarks>What is cut in the middle of a response cannot be sent again, so the second host has a backend that only dies.</remarks>
internal sealed class FailingHosts : IDisposable
{
    private const string Alone = "faulty.test";
    private const string Paired = "paired.test";
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_alive = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_dead = TimeSpan.FromSeconds(4);

    private readonly FaultyBackend _faulty = new();
    private readonly FaultyBackend _mortal = new() { ResetsResponses = false };
    private readonly FaultyBackend _steady = new() { ResetsResponses = false };

    /// <summary>How many requests have failed that had nowhere else to go.</summary>
    public long Expected { get; private set; }

    /// <summary>How many have succeeded there.</summary>
    public long Answered { get; private set; }

    /// <summary>Writes the manifests of both hosts.</summary>
    /// <param name="folder">Where they are.</param>
    public void Write(string folder) => File.WriteAllText(
        Path.Combine(folder, "faults.yaml"),
        Objects.Ingress(Alone, "faulty") + Objects.Service("faulty") + Objects.Slice("faulty", 0, true, ("http", _faulty.Port))
        + Objects.Ingress(Paired, "paired") + Objects.Service("paired")
        + Objects.Slice("paired", 0, true, ("http", _mortal.Port)) + Objects.Slice("paired", 1, true, ("http", _steady.Port)));

    /// <summary>Dies and comes back until it is stopped, under a load of its own.</summary>
    public Task RunAsync(int httpPort, Losses losses, CancellationToken stopping) => Task.WhenAll(
        Task.Run(() => DieAndComeBackAsync(stopping), CancellationToken.None),
        Task.Run(() => AskAsync(httpPort, Alone, null, stopping), CancellationToken.None),
        Task.Run(() => AskAsync(httpPort, Paired, losses, stopping), CancellationToken.None));

    public void Dispose()
    {
        _faulty.Dispose();
        _mortal.Dispose();
        _steady.Dispose();
    }

    private async Task DieAndComeBackAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(s_alive, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _faulty.Die();
            _mortal.Die();
            await Task.Delay(s_dead, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _faulty.ComeBack();
            _mortal.ComeBack();
        }
    }

    private async Task AskAsync(int port, string host, Losses? losses, CancellationToken stopping)
    {
        var pace = new Pace(s_interval);
        Http1Connection? connection = null;
        while (!stopping.IsCancellationRequested)
        {
            var outcome = "";
            try
            {
                connection ??= await Http1Connection.OpenAsync(port);
                var reply = await connection.SendAsync(host, "/");
                outcome = reply.Status == 200 ? "" : $"{reply.Status}";
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                outcome = exception.Message;
                connection?.Dispose();
                connection = null;
            }

            if (outcome.Length > 0)
            {
                losses?.Add("failed beside an endpoint that works", $"{host}: {outcome}");
            }

            if (losses is null)
            {
                Expected += outcome.Length > 0 ? 1 : 0;
                Answered += outcome.Length > 0 ? 0 : 1;
            }

            await pace.WaitAsync(stopping);
        }

        connection?.Dispose();
    }
}
