using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>How long backends may take, and when another endpoint is tried. Holds for every Ingress, by the settings of the controller.</summary>
internal sealed class TimeoutBuilder : PolicyBuilder
{
    public const string Connect = "proxy-connect-timeout";
    public const string NextUpstream = "proxy-next-upstream";

    // Timers count milliseconds in 31 bits.
    private const int LongestSeconds = 24 * 24 * 60 * 60;

    public TimeSpan? ConnectTime;
    public TimeSpan? SendTime;
    public TimeSpan? ReadTime;
    public RetryConditions? Conditions;
    public int? Tries;
    public int? RetrySeconds;

    public static bool TryReadSeconds(string text, [NotNullWhen(true)] out TimeSpan? time)
    {
        time = NginxText.TryReadNumber(text, 1, int.MaxValue, out var seconds) ? Seconds(seconds.Value) : null;
        return time is not null;
    }

    public static RetryConditions? ConditionsOf(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return null;
        }

        var conditions = RetryConditions.None;
        var isOff = false;
        foreach (var word in words)
        {
            RetryConditions? condition = word switch
            {
                "error" => RetryConditions.Error,
                "timeout" => RetryConditions.Timeout,
                "invalid_header" => RetryConditions.InvalidResponse,
                "http_403" => RetryConditions.Status403,
                "http_404" => RetryConditions.Status404,
                "http_429" => RetryConditions.Status429,
                "http_500" => RetryConditions.Status500,
                "http_502" => RetryConditions.Status502,
                "http_503" => RetryConditions.Status503,
                "http_504" => RetryConditions.Status504,
                "non_idempotent" => RetryConditions.NonIdempotent,
                "off" => RetryConditions.None,
                _ => null,
            };
            if (condition is null)
            {
                return null;
            }

            conditions |= condition.Value;
            isOff |= word == "off";
        }

        return isOff ? RetryConditions.None : conditions;
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        var options = context.Settings<NginxOptions>();
        context.Add(
            new BackendTimeouts
            {
                Connect = ConnectTime ?? Seconds(options.ProxyConnectTimeout),
                Send = SendTime ?? Seconds(options.ProxySendTimeout),
                Read = ReadTime ?? Seconds(options.ProxyReadTimeout),
            },
            Connect);

        var seconds = RetrySeconds ?? options.ProxyNextUpstreamTimeout;
        context.Add(
            new Retries
            {
                Conditions = Conditions ?? ConditionsOf(options.ProxyNextUpstream) ?? RetryConditions.Error | RetryConditions.Timeout,
                MaxTries = Math.Max(0, Tries ?? options.ProxyNextUpstreamTries),
                MaxTime = seconds > 0 ? Seconds(seconds) : null,
            },
            NextUpstream);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 1, LongestSeconds));
}
