using System.Text.RegularExpressions;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>How large a request may be, and whether it is read before it is passed on.</summary>
internal static partial class BodyAnnotations
{
    private const string Size = "proxy-body-size";
    private const string Buffering = "proxy-request-buffering";
    private const string Memory = "client-body-buffer-size";
    private const int DefaultMemory = 8 << 10;
    private const int MostMemory = 16 << 20;

    // What nginx itself takes where the template leaves the directive out.
    private const long NginxDefault = 1 << 20;

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<Builder>(
            Size,
            AnnotationRisk.Tunes,
            "a size such as '8m', or 0 for any",
            "How large the body of a request may be. A larger one is answered with 413. The default is that of the controller, 1m.",
            static (builder, text) =>
            {
                var isSize = NginxText.TryReadSize(text, out var bytes);
                builder.SizeLimit = isSize ? bytes : DroppedSize().IsMatch(text) ? NginxDefault : null;
                return isSize;
            }),
        NginxRow.Of<Builder>(
            Buffering,
            AnnotationRisk.Tunes,
            "'on' or 'off'",
            "Whether the whole body is read before the backend is asked. The default is that of the controller, on. Bodies of gRPC are never held up.",
            static (builder, text) => NginxText.TryReadSwitch(text, out builder.IsBuffered)),
        NginxRow.Of<Builder>(
            Memory,
            AnnotationRisk.Tunes,
            "a size such as '16k', in bytes, k or m",
            "How much of that body is kept in memory, up to 16m; the rest goes to a file. The default is 8k.",
            static (builder, text) =>
            {
                var isSize = NginxText.TryReadSize(text, out var bytes) && !text.EndsWith('g') && !text.EndsWith('G');
                builder.MemoryBytes = isSize ? bytes : null;
                return isSize;
            }),
    ];

    // Right for the validator there and wrong for the template.
    [GeneratedRegex(@"\A[0-9 ]+[bkmgBKMG]?\z", RegexOptions.NonBacktracking)]
    private static partial Regex DroppedSize();

    internal sealed class Builder : PolicyBuilder
    {
        public long? SizeLimit;
        public bool? IsBuffered;
        public long? MemoryBytes;

        protected internal override void Build(PolicyContext context)
        {
            var settings = context.Settings<NginxOptions>();
            if ((SizeLimit ?? settings.ProxyBodySize) is > 0 and var bytes)
            {
                NginxRow.Add(context, new BodySizeLimit(bytes), Size, isDefault: SizeLimit is null);
            }

            if (IsBuffered ?? settings.ProxyRequestBuffering)
            {
                var policy = new RequestBuffering((int)Math.Min(MemoryBytes ?? DefaultMemory, MostMemory));
                NginxRow.Add(context, policy, IsBuffered is null ? Memory : Buffering, isDefault: IsBuffered is null && MemoryBytes is null);
            }
        }
    }
}
