using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about endpoints that get no requests for a while, and about asking endpoints how they are.</summary>
internal sealed class HealthBuilder : PolicyBuilder
{
    private const string Seconds = "a number of seconds such as '5' or '0.5', from 0.001 to 86400";
    private const string Statuses = "statuses from 100 to 599, or ranges such as '500-504', with commas between them";
    private const string Failures = "health-failures";
    private const string AsideTime = "health-aside-time";
    private const string MaxAsideTime = "health-max-aside-time";
    private const string ProbePath = "health-probe-path";
    private const int MostFailures = 1000;
    private const int MostProbes = 100;

    // Before the path is known: the default path stands for it.
    private static readonly HealthProbe s_probe = new("/");

    private EndpointHealth? _health;
    private HealthProbe? _probe;
    private string? _path;
    private string? _first;
    private string? _firstOfProbe;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Row(
            Failures,
            $"a number from 0 to {MostFailures}",
            "After how many failures in a row an endpoint gets no requests for a while. 0 is never. The default is 5.",
            static (text, health) => AnnotationText.TryReadNumber(text, 0, MostFailures, out var count) ? health with { MaxFailures = count } : null),
        Row(
            "health-failure-statuses",
            Statuses,
            "Answers that count as failures, beside requests that are not answered. The default is none.",
            static (text, health) => StatusRanges.TryParse(text, out var statuses) ? health with { FailureStatuses = statuses } : null),
        Row(
            AsideTime,
            Seconds,
            "For how long an endpoint gets no requests at first. It is twice as long each time after that. The default is 5.",
            static (text, health) => AnnotationText.TryReadSeconds(text, out var time) ? health with { AsideTime = time } : null),
        Row(
            MaxAsideTime,
            Seconds,
            "For how long an endpoint gets no requests at most. The default is 60.",
            static (text, health) => AnnotationText.TryReadSeconds(text, out var time) ? health with { MaxAsideTime = time } : null),
        Row(
            "health-outliers",
            "'true' or 'false'",
            "Whether an endpoint gets no requests for a while that fails far more often, or answers far later, than the others. The default is `true`.",
            static (text, health) => AnnotationText.TryReadBoolean(text, out var value) ? health with { NoticesOutliers = value } : null),
        Row(
            "health-slow-start",
            "'0', or a number of seconds such as '5' or '0.5', up to 86400",
            "For how long an endpoint that is new, or comes back, gets fewer requests than its share. The default is 10.",
            static (text, health) => text == "0" ? health with { SlowStart = TimeSpan.Zero }
                : AnnotationText.TryReadSeconds(text, out var time) ? health with { SlowStart = time } : null),
        Row(
            "health-panic-threshold",
            "a number from 0 to 100",
            "When fewer than this share of the endpoints would get requests, in percent, all get them. The default is 20.",
            static (text, health) => AnnotationText.TryReadNumber(text, 0, 100, out var percent) ? health with { PanicPercent = percent } : null),
        new Annotation<HealthBuilder>(
            ProbePath,
            AnnotationRisk.Tunes,
            "a path, with an optional query",
            "What endpoints are asked for, again and again. One that does not answer as it should gets no requests.",
            static (builder, text) =>
            {
                if (text is not ['/', ..] || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
                {
                    return false;
                }

                builder._path = text;
                return true;
            }),
        ProbeRow(
            "health-probe-host",
            "a host name",
            "The `Host` of such a probe. The default is the address of the endpoint.",
            static (text, probe) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? probe with { Host = text } : null),
        ProbeRow(
            "health-probe-port",
            "a number from 1 to 65535",
            "The port that is asked. The default is that of the endpoint.",
            static (text, probe) => AnnotationText.TryReadNumber(text, 1, 65535, out var port) ? probe with { Port = port } : null),
        ProbeRow(
            "health-probe-interval",
            "a number of seconds such as '5' or '0.5', from 0.1 to 86400",
            "The time from one probe to the next, a tenth more or less. The default is 10.",
            static (text, probe) => AnnotationText.TryReadSeconds(text, out var time) && time.TotalSeconds >= 0.1 ? probe with { Interval = time } : null),
        ProbeRow(
            "health-probe-timeout",
            Seconds,
            "How long the answer to a probe may take. The default is 2.",
            static (text, probe) => AnnotationText.TryReadSeconds(text, out var time) ? probe with { Timeout = time } : null),
        ProbeRow(
            "health-probe-statuses",
            Statuses,
            "The answers of an endpoint that is well. The default is `200-399`.",
            static (text, probe) => StatusRanges.TryParse(text, out var statuses) ? probe with { Statuses = statuses } : null),
        ProbeRow(
            "health-probe-rise",
            $"a number from 1 to {MostProbes}",
            "After how many good answers in a row an endpoint gets requests again. The default is 2.",
            static (text, probe) => AnnotationText.TryReadNumber(text, 1, MostProbes, out var count) ? probe with { Rise = count } : null),
        ProbeRow(
            "health-probe-fall",
            $"a number from 1 to {MostProbes}",
            "After how many bad ones it gets none. The default is 3.",
            static (text, probe) => AnnotationText.TryReadNumber(text, 1, MostProbes, out var count) ? probe with { Fall = count } : null),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_health is { } health)
        {
            if (health.MaxAsideTime < health.AsideTime)
            {
                health = health with { MaxAsideTime = health.AsideTime };
            }

            context.Add(health, _first!);
        }

        if (_path is { } path)
        {
            var probe = _probe ?? s_probe;
            context.Add(
                new HealthProbe(path)
                {
                    Host = probe.Host,
                    Port = probe.Port,
                    Interval = probe.Interval,
                    Timeout = probe.Timeout,
                    Statuses = probe.Statuses,
                    Rise = probe.Rise,
                    Fall = probe.Fall,
                },
                ProbePath);
        }
        else if (_firstOfProbe is { } alone)
        {
            Refuse(alone, $"'{context.Dialect.KeyOf(ProbePath)}' is missing, which says what is asked for", context);
        }
    }

    private static Annotation<HealthBuilder> Row(string name, string expected, string summary, Func<string, EndpointHealth, EndpointHealth?> read)
        => new(
            name,
            AnnotationRisk.Tunes,
            expected,
            summary,
            (builder, text) =>
            {
                if (read(text, builder._health ?? new()) is not { } health)
                {
                    return false;
                }

                builder._first ??= name;
                builder._health = health;
                return true;
            });

    private static Annotation<HealthBuilder> ProbeRow(string name, string expected, string summary, Func<string, HealthProbe, HealthProbe?> read)
        => new(
            name,
            AnnotationRisk.Tunes,
            expected,
            summary,
            (builder, text) =>
            {
                if (read(text, builder._probe ?? s_probe) is not { } probe)
                {
                    return false;
                }

                builder._firstOfProbe ??= name;
                builder._probe = probe;
                return true;
            });
}
