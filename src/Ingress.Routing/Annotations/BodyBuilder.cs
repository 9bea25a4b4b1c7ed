using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about the bodies of requests.</summary>
internal sealed class BodyBuilder : PolicyBuilder
{
    private const string SizeLimit = "body-size-limit";
    private const string Buffering = "request-buffering";
    private const string Memory = "request-buffering-memory";
    private const int DefaultMemory = 64 << 10;
    private const int MaxMemory = 16 << 20;

    private long? _sizeLimit;
    private bool _isBuffered;
    private long? _memory;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<BodyBuilder>(
            SizeLimit,
            AnnotationRisk.Protects,
            "a number of bytes, such as '65536', '64k', '10m' or '1g'",
            "How large the body of a request may be. A larger one is answered with 413.",
            static (builder, text) =>
            {
                builder._sizeLimit = AnnotationText.TryReadSize(text, out var bytes) ? bytes : null;
                return builder._sizeLimit is not null;
            }),
        new Annotation<BodyBuilder>(
            Buffering,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether the whole body of a request is read before the backend is asked.",
            static (builder, text) => AnnotationText.TryReadBoolean(text, out builder._isBuffered)),
        new Annotation<BodyBuilder>(
            Memory,
            AnnotationRisk.Tunes,
            "a number of bytes up to '16m'",
            "How much of that body is kept in memory; the rest goes to a file. The default is 64 KiB.",
            static (builder, text) =>
            {
                builder._memory = AnnotationText.TryReadSize(text, out var bytes) && bytes <= MaxMemory ? bytes : null;
                return builder._memory is not null;
            }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_sizeLimit is { } bytes && !HasFailed)
        {
            context.Add(new BodySizeLimit(bytes), SizeLimit);
        }

        if (_isBuffered)
        {
            context.Add(new RequestBuffering((int)(_memory ?? DefaultMemory)), Buffering);
        }
        else if (_memory is not null)
        {
            Refuse(Memory, $"'{context.Dialect.KeyOf(Buffering)}' is not 'true', which it is a part of", context);
        }
    }
}
