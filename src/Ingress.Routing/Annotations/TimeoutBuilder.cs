using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about how long backends may take, and about trying another endpoint.</summary>
internal sealed class TimeoutBuilder : PolicyBuilder
{
    private const string Seconds = "a number of seconds such as '5' or '0.5', from 0.001 to 86400";
    private const string Connect = "backend-connect-timeout";
    private const string Send = "backend-send-timeout";
    private const string Read = "backend-read-timeout";
    private const string FirstByte = "backend-first-byte-timeout";
    private const string Total = "backend-total-timeout";
    private const string RetryOn = "retry-on";
    private const string RetryTries = "retry-tries";
    private const string RetryTimeout = "retry-timeout";
    private const int MostTries = 100;

    private BackendTimeouts? _timeouts;
    private string? _firstTimeout;
    private RetryConditions? _conditions;
    private int? _tries;
    private TimeSpan? _time;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Timeout(Connect, "How long a connection to the backend may take, its TLS handshake included.", static (timeouts, time) => timeouts with { Connect = time }),
        Timeout(Send, "How long the backend may take between two pieces of a request.", static (timeouts, time) => timeouts with { Send = time }),
        Timeout(
            Read,
            "How long the backend may take to begin its response, and between two pieces of it. It is for WebSockets as well.",
            static (timeouts, time) => timeouts with { Read = time }),
        Timeout(
            FirstByte,
            "How long the backend may take to begin its response. The default is `backend-read-timeout`.",
            static (timeouts, time) => timeouts with { FirstByte = time }),
        Timeout(
            Total,
            "How long a request may take in all, with all attempts, both bodies and the time that the client takes. A WebSocket may go on for longer.",
            static (timeouts, time) => timeouts with { Total = time }),
        new Annotation<TimeoutBuilder>(
            RetryOn,
            AnnotationRisk.Tunes,
            "'off', or with commas between them: 'error', 'timeout', 'invalid-response', 403, 404, 429, 500, 502, 503, 504, 'non-idempotent'",
            "After what a request is sent to another endpoint. The default is what is safe for every request. POST, PATCH and LOCK are, once an endpoint has got them, only with `non-idempotent`.",
            static (builder, text) => (builder._conditions = ConditionsOf(text)) is not null),
        new Annotation<TimeoutBuilder>(
            RetryTries,
            AnnotationRisk.Tunes,
            $"a number from 0 to {MostTries}",
            "How many endpoints are tried, the first one included. 0 tries all of them. The default is 3.",
            static (builder, text) =>
            {
                var isNumber = AnnotationText.TryReadNumber(text, 0, MostTries, out var tries);
                builder._tries = isNumber ? tries : null;
                return isNumber;
            }),
        new Annotation<TimeoutBuilder>(
            RetryTimeout,
            AnnotationRisk.Tunes,
            Seconds,
            "After how much time no further endpoint is tried.",
            static (builder, text) =>
            {
                var isTime = AnnotationText.TryReadSeconds(text, out var time);
                builder._time = isTime ? time : null;
                return isTime;
            }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_timeouts is not null)
        {
            context.Add(_timeouts, _firstTimeout!);
        }

        if (_conditions is { } conditions)
        {
            context.Add(new Retries { Conditions = conditions, MaxTries = _tries ?? 3, MaxTime = _time }, RetryOn);
        }
        else if ((_tries is not null ? RetryTries : _time is not null ? RetryTimeout : null) is { } alone)
        {
            Refuse(alone, $"'{context.Dialect.KeyOf(RetryOn)}' is missing, which says after what", context);
        }
    }

    private static Annotation<TimeoutBuilder> Timeout(string name, string summary, Func<BackendTimeouts, TimeSpan, BackendTimeouts> set)
        => new(
            name,
            AnnotationRisk.Tunes,
            Seconds,
            summary,
            (builder, text) =>
            {
                if (!AnnotationText.TryReadSeconds(text, out var time))
                {
                    return false;
                }

                builder._firstTimeout ??= name;
                builder._timeouts = set(builder._timeouts ?? new(), time);
                return true;
            });

    private static RetryConditions? ConditionsOf(string text)
    {
        if (text == "off")
        {
            return RetryConditions.None;
        }

        if (!AnnotationText.TryReadList(text, out var words))
        {
            return null;
        }

        var conditions = RetryConditions.None;
        foreach (var word in words)
        {
            var condition = word switch
            {
                "error" => RetryConditions.Error,
                "timeout" => RetryConditions.Timeout,
                "invalid-response" => RetryConditions.InvalidResponse,
                "403" => RetryConditions.Status403,
                "404" => RetryConditions.Status404,
                "429" => RetryConditions.Status429,
                "500" => RetryConditions.Status500,
                "502" => RetryConditions.Status502,
                "503" => RetryConditions.Status503,
                "504" => RetryConditions.Status504,
                "non-idempotent" => RetryConditions.NonIdempotent,
                _ => RetryConditions.None,
            };
            if (condition == RetryConditions.None)
            {
                return null;
            }

            conditions |= condition;
        }

        return conditions;
    }
}
