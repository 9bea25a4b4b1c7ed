using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about sending responses, and about what is logged of them.</summary>
internal sealed class ResponseBuilder : PolicyBuilder
{
    private const string Rate = "response-rate";
    private const string RateAfter = "response-rate-after";
    private const string Log = "access-log";

    private long? _rate;
    private long? _rateAfter;
    private bool? _log;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<ResponseBuilder>(
            Rate,
            AnnotationRisk.Tunes,
            "a number of bytes of at least 1, such as '100k'",
            "How many bytes of a response are sent in a second.",
            static (builder, text) =>
            {
                builder._rate = AnnotationText.TryReadSize(text, out var bytes) && bytes > 0 ? bytes : null;
                return builder._rate is not null;
            }),
        new Annotation<ResponseBuilder>(
            RateAfter,
            AnnotationRisk.Tunes,
            "a number of bytes, such as '1m'",
            "How many bytes of a response are sent at full speed before.",
            static (builder, text) =>
            {
                builder._rateAfter = AnnotationText.TryReadSize(text, out var bytes) ? bytes : null;
                return builder._rateAfter is not null;
            }),
        new Annotation<ResponseBuilder>(
            Log,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether requests are written to the log of requests. The default is yes.",
            static (builder, text) =>
            {
                builder._log = AnnotationText.TryReadBoolean(text, out var value) ? value : null;
                return builder._log is not null;
            }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_rate is { } rate)
        {
            context.Add(new ResponseRate(rate, _rateAfter ?? 0), Rate);
        }
        else if (_rateAfter is not null)
        {
            Refuse(RateAfter, $"'{context.Dialect.KeyOf(Rate)}' is missing, which says how fast the rest is sent", context);
        }

        if (_log is false)
        {
            context.Add(new AccessLog(false), Log);
        }
    }
}
