using System.Threading.Channels;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>A source at work, and the snapshots to which its changes have led.</summary>
internal sealed class WatchedManifests : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ClusterSnapshot> _snapshots = Channel.CreateUnbounded<ClusterSnapshot>();
    private readonly Task _watching;

    public WatchedManifests(ManifestWatchOptions options, params string[] paths)
    {
        var source = new ManifestIngressSource(paths, TimeProvider.System, options);
        _watching = Task.Run(async () =>
        {
            var snapshot = ClusterSnapshot.Empty;
            await foreach (var change in source.WatchChangesAsync(_stop.Token))
            {
                snapshot = snapshot.Apply(change);
                _snapshots.Writer.TryWrite(snapshot);
            }
        });
    }

    public WatchedManifests(params string[] paths)
        : this(ManifestWatchOptions.Default, paths)
    {
    }

    /// <summary>Waits for a snapshot with a property, past those without it.</summary>
    public async Task<ClusterSnapshot> WaitForAsync(Func<ClusterSnapshot, bool> predicate)
    {
        ClusterSnapshot? last = null;
        using var deadline = new CancellationTokenSource(s_deadline);
        try
        {
            while (true)
            {
                last = await _snapshots.Reader.ReadAsync(deadline.Token);
                if (predicate(last))
                {
                    return last;
                }
            }
        }
        catch (OperationCanceledException) when (_watching.IsFaulted)
        {
            await _watching;
            throw;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"The last snapshot had '{(last is null ? "nothing" : Manifest.Names(last))}' and {string.Join(", ", last?.SourceDiagnostics ?? [])}.");
        }
    }

    public Task<ClusterSnapshot> WaitForNamesAsync(string names) => WaitForAsync(snapshot => Manifest.Names(snapshot) == names);

    public Task<ClusterSnapshot> WaitForDiagnosticsAsync(params string[] ids)
        => WaitForAsync(snapshot => snapshot.SourceDiagnostics.Select(static diagnostic => diagnostic.Id).SequenceEqual(ids));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _watching);
        _stop.Dispose();
    }
}
