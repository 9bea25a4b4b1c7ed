using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about sending responses, and about what is logged of them.</summary>
internal sealed class ResponseBuilder : PolicyBuilder
{
    private const string Rate = "response-rate";
    private const string RateAfter = "response-rate-after";
    private const string HeaderLimit = "response-header-limit";
    private const string Log = "access-log";
    private const int MaxHeaderLimit = 128 << 10;

    private long? _rate;
    private long? _rateAfter;
    private long? _headerLimit;
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
            HeaderLimit,
            AnnotationRisk.Tunes,
            "a number of bytes from '1k' to '128k'",
            "How large the headers of an answer of the backend may be. A larger one is answered with 502. The default is 128 KiB.",
            static (builder, text) =>
            {
                builder._headerLimit = AnnotationText.TryReadSize(text, out var bytes) && bytes is >= 1024 and <= MaxHeaderLimit ? bytes : null;
                return builder._headerLimit is not null;
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

        if (_headerLimit is { } headers)
        {
            context.Add(new ResponseHeaderLimit(headers), HeaderLimit);
        }

        if (_log is false)
        {
            context.Add(new AccessLog(false), Log);
        }
    }
}
