using System.Diagnostics;
using System.Net.Sockets;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Makes one change after the other, each when the one before is in force. Used by one task.</summary>
internal sealed class Changer(Surroundings run) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Subject[] _subjects = [.. run.World.All];
    private readonly List<double> _written = [];
    private readonly List<double> _removed = [];
    private Http1Connection? _connection;
    private int _next;

    /// <summary>From the file written to the response that shows it, in milliseconds.</summary>
    public IReadOnlyList<double> Written => _written;

    /// <summary>The same for files that were deleted, which might be on their way back.</summary>
    public IReadOnlyList<double> Removed => _removed;

    public int Changes => _next;

    /// <summary>Makes the next change, and waits until it is in force.</summary>
    public async Task NextAsync()
    {
        var subject = _subjects[_next++ % _subjects.Length];
        var change = run.Timeline.Begin();
        subject.Change(change);
        var version = subject.Version;
        run.World.Write(subject, version);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_patience)
        {
            if (await AskAsync(subject) is { } reply && reply.Generation > run.Timeline.InForce.Generation && subject.Fits(version, reply))
            {
                (subject.Text(version) is null ? _removed : _written).Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                run.Timeline.Confirm(reply.Generation);
                run.Judge.DecideOpen();
                return;
            }

            await Task.Delay(1);
        }

        run.Losses.Add("change without effect", $"{subject.Host}, version {version}");
    }

    public void Dispose() => _connection?.Dispose();

    private async Task<Reply?> AskAsync(Subject subject)
    {
        try
        {
            _connection ??= await Http1Connection.OpenAsync(run.HttpPort);
            var sent = run.Timeline.InForce;
            var reply = await _connection.SendAsync(subject.Host, "/");
            run.Judge.Look("probe", subject, sent, reply);
            return reply;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            run.Losses.Add("HTTP/1.1 cut", $"probe of {subject.Host}: {exception.Message}");
            _connection?.Dispose();
            _connection = null;
            return null;
        }
    }
}
