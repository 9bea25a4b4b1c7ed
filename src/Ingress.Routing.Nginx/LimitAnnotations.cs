using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Limits of rates and of connections.</summary>
internal static class LimitAnnotations
{
    private const string PerSecond = "limit-rps";
    private const string PerMinute = "limit-rpm";
    private const string Connections = "limit-connections";
    private const string Rate = "limit-rate";
    private const string NumberText = "a number";
    private const int DefaultMultiplier = 5;
    private const int Most = 1_000_000;

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<Builder>(
            PerSecond,
            AnnotationRisk.Protects,
            NumberText,
            "How many requests of one address are served in a second; 0 for any number. As many times five more may come at once. Others are answered with 503.",
            static (builder, text) => NginxText.TryReadNumber(text, int.MinValue, Most, out builder.PerSecond)),
        NginxRow.Of<Builder>(
            PerMinute,
            AnnotationRisk.Protects,
            NumberText,
            "The same for a minute. Both may be given, and then both hold.",
            static (builder, text) => NginxText.TryReadNumber(text, int.MinValue, Most, out builder.PerMinute)),
        NginxRow.Of<Builder>(
            Connections,
            AnnotationRisk.Protects,
            NumberText,
            "How many requests of one address are served at the same time; 0 for any number. Others are answered with 503.",
            static (builder, text) => NginxText.TryReadNumber(text, int.MinValue, Most, out builder.Connections)),
        NginxRow.Of<Builder>(
            "limit-burst-multiplier",
            AnnotationRisk.Tunes,
            "a number from 1 to 1000",
            "How many times as many requests may come at once, instead of five.",
            static (builder, text) => NginxText.TryReadNumber(text, 1, 1000, out builder.Multiplier)),
        NginxRow.Of<Builder>(
            "limit-allowlist",
            AnnotationRisk.Protects,
            "addresses and networks with commas between them",
            "The networks whose clients are not limited.",
            static (builder, text) => text.Length == 0 || NginxText.TryReadNetworks(text, out builder.Exempt),
            "limit-whitelist"),
        NginxRow.Of<Builder>(
            Rate,
            AnnotationRisk.Tunes,
            "a number of KiB",
            "How many KiB of an answer are sent in a second; 0 for any number.",
            static (builder, text) => NginxText.TryReadNumber(text, 0, int.MaxValue, out builder.KibPerSecond)),
        NginxRow.Of<Builder>(
            "limit-rate-after",
            AnnotationRisk.Tunes,
            "a number of KiB",
            "How many KiB are sent at full speed before.",
            static (builder, text) => NginxText.TryReadNumber(text, 0, int.MaxValue, out builder.KibBefore)),
    ];

    internal sealed class Builder : PolicyBuilder
    {
        public int? PerSecond;
        public int? PerMinute;
        public int? Connections;
        public int? Multiplier;
        public ImmutableArray<IPNetwork> Exempt = [];
        public int? KibPerSecond;
        public int? KibBefore;

        protected internal override void Build(PolicyContext context)
        {
            if (KibPerSecond > 0)
            {
                context.Add(new ResponseRate(KibPerSecond.Value * 1024L, (KibBefore ?? 0) * 1024L), Rate);
            }

            if (HasFailed)
            {
                return;
            }

            var settings = context.Settings<NginxOptions>();
            if (Connections is > 0 and var connections)
            {
                context.Add(
                    new ConcurrencyLimit(connections, settings.LimitConnectionStatusCode) { Key = LimitKey.ClientAddress, Exempt = Exempt },
                    LimitAnnotations.Connections);
            }

            ImmutableArray<RateWindow> windows = [.. WindowOf(PerSecond, TimeSpan.FromSeconds(1)), .. WindowOf(PerMinute, TimeSpan.FromMinutes(1))];
            if (!windows.IsEmpty)
            {
                context.Add(
                    new RateLimit { Windows = windows, Exempt = Exempt, Status = settings.LimitRequestStatusCode },
                    PerSecond > 0 ? LimitAnnotations.PerSecond : LimitAnnotations.PerMinute);
            }
        }

        // nginx takes the burst besides the request that the rate allows.
        private IEnumerable<RateWindow> WindowOf(int? requests, TimeSpan period)
            => requests is > 0 and var number ? [new(number, period, 1 + (int)Math.Min((long)number * (Multiplier ?? DefaultMultiplier), int.MaxValue - 1))] : [];
    }
}
