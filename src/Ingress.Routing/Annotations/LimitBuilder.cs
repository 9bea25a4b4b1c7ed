using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about limits.</summary>
internal sealed class LimitBuilder : PolicyBuilder
{
    private const string Rate = "rate-limit";
    private const string Burst = "rate-limit-burst";
    private const string Key = "rate-limit-key";
    private const string Exempt = "rate-limit-exempt";
    private const string Status = "rate-limit-status";
    private const string Concurrent = "concurrency-limit";
    private const string ConcurrentStatus = "concurrency-limit-status";
    private const int MaxRequests = 1_000_000;

    private (int Requests, TimeSpan Period)? _rate;
    private int? _burst;
    private RateLimitKey? _key;
    private ImmutableArray<IPNetwork>? _exempt;
    private int? _status;
    private int? _concurrent;
    private int? _concurrentStatus;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<LimitBuilder>(
            Rate,
            AnnotationRisk.Protects,
            "a number of requests and a period, such as '10/s' or '600/m'",
            "How many requests a client may make in a second (`s`) or a minute (`m`), on average. Others are answered with 429 and `Retry-After`.",
            static (builder, text) => (builder._rate = RateOf(text)) is not null),
        new Annotation<LimitBuilder>(
            Burst,
            AnnotationRisk.Tunes,
            $"a number from 1 to {MaxRequests}",
            "How many requests of a client may come at once. The default is the number of `rate-limit`.",
            static (builder, text) => Set(ref builder._burst, text, 1, MaxRequests)),
        new Annotation<LimitBuilder>(
            Key,
            AnnotationRisk.Protects,
            "'client', 'ingress', or 'header:' and the name of a header",
            "What counts as one client: its address, everything together, or the value of a header. The default is the address.",
            static (builder, text) => (builder._key = KeyOf(text)) is not null),
        new Annotation<LimitBuilder>(
            Exempt,
            AnnotationRisk.Tunes,
            "networks such as '10.0.0.0/8', with commas between them",
            "The networks whose clients are not limited.",
            static (builder, text) => (builder._exempt = NetworksOf(text)) is not null),
        new Annotation<LimitBuilder>(
            Status,
            AnnotationRisk.Tunes,
            "a number from 400 to 599",
            "The status of a request over the rate. The default is 429.",
            static (builder, text) => Set(ref builder._status, text, 400, 599)),
        new Annotation<LimitBuilder>(
            Concurrent,
            AnnotationRisk.Protects,
            $"a number from 1 to {MaxRequests}",
            "How many requests for the Ingress are served at the same time. Others are answered with 503 and `Retry-After`.",
            static (builder, text) => Set(ref builder._concurrent, text, 1, MaxRequests)),
        new Annotation<LimitBuilder>(
            ConcurrentStatus,
            AnnotationRisk.Tunes,
            "a number from 400 to 599",
            "The status of a request over the limit of concurrent requests. The default is 503.",
            static (builder, text) => Set(ref builder._concurrentStatus, text, 400, 599)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed)
        {
            return;
        }

        if (_rate is { } rate)
        {
            context.Add(
                new RateLimit
                {
                    Requests = rate.Requests,
                    Period = rate.Period,
                    Burst = _burst ?? rate.Requests,
                    Key = _key ?? RateLimitKey.ClientAddress,
                    Exempt = _exempt ?? [],
                    Status = _status ?? 429,
                },
                Rate);
        }
        else if (_key is not null)
        {
            Refuse(Key, $"'{context.Dialect.KeyOf(Rate)}' is missing, which says what the limit is", context);
        }
        else if ((_burst is null ? _exempt is null ? _status is null ? null : Status : Exempt : Burst) is { } alone)
        {
            Refuse(alone, $"'{context.Dialect.KeyOf(Rate)}' is missing, which says what the limit is", context);
        }

        if (_concurrent is { } concurrent)
        {
            context.Add(new ConcurrencyLimit(concurrent, _concurrentStatus ?? 503), Concurrent);
        }
        else if (_concurrentStatus is not null)
        {
            Refuse(ConcurrentStatus, $"'{context.Dialect.KeyOf(Concurrent)}' is missing, which says what the limit is", context);
        }
    }

    private static bool Set(ref int? field, string text, int from, int to)
    {
        var isNumber = AnnotationText.TryReadNumber(text, from, to, out var value);
        field = isNumber ? value : null;
        return isNumber;
    }

    private static (int Requests, TimeSpan Period)? RateOf(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !AnnotationText.TryReadNumber(text[..slash], 1, MaxRequests, out var requests))
        {
            return null;
        }

        return text[(slash + 1)..] switch
        {
            "s" => (requests, TimeSpan.FromSeconds(1)),
            "m" => (requests, TimeSpan.FromMinutes(1)),
            _ => null,
        };
    }

    private static RateLimitKey? KeyOf(string text) => text switch
    {
        "client" => RateLimitKey.ClientAddress,
        "ingress" => RateLimitKey.Ingress,
        _ when text.StartsWith("header:", StringComparison.Ordinal) && text["header:".Length..].Trim() is { Length: > 0 } name
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') => new RateLimitKey(name),
        _ => null,
    };

    private static ImmutableArray<IPNetwork>? NetworksOf(string text)
    {
        if (!AnnotationText.TryReadList(text, out var items))
        {
            return null;
        }

        var networks = ImmutableArray.CreateBuilder<IPNetwork>(items.Length);
        foreach (var item in items)
        {
            if (!Cidr.TryParse(item, out var network))
            {
                return null;
            }

            networks.Add(network);
        }

        return networks.MoveToImmutable();
    }
}
