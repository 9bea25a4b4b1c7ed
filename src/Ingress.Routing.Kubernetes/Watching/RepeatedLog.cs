using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Logs what happens again and again once, and then each few minutes (K15, K16). Not thread-safe.</summary>
internal sealed partial class RepeatedLog(WatchScope scope, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<string, long> _said = new(StringComparer.Ordinal);

    public void Warn(string text, TimeSpan period)
    {
        const int Many = 100;
        if (_said.Count > Many)
        {
            _said.Clear(); // texts that differ each time
        }

        if (!_said.TryGetValue(text, out var last) || time.GetElapsedTime(last) >= period)
        {
            _said[text] = time.GetTimestamp();
            Log.NotRead(logger, scope, text);
        }
    }

    /// <summary>What is said next is news again.</summary>
    public void Clear() => _said.Clear();

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Warning, "Cannot read {Scope}: {Text}", EventName = "NotRead")]
        public static partial void NotRead(ILogger logger, WatchScope scope, string text);
    }
}
