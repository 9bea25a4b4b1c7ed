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
    private const string ConcurrentKey = "concurrency-limit-key";
    private const string ConcurrentExempt = "concurrency-limit-exempt";
    private const string ConcurrentStatus = "concurrency-limit-status";
    private const string KeyText = "'client', 'ingress', or 'header:' and the name of a header";
    private const string NetworksText = "networks such as '10.0.0.0/8', with commas between them";
    private const string StatusText = "a number from 400 to 599";
    private const int MaxRequests = 1_000_000;

    private (int Requests, TimeSpan Period)[]? _rates;
    private int[]? _bursts;
    private LimitKey? _key;
    private ImmutableArray<IPNetwork>? _exempt;
    private int? _status;
    private int? _concurrent;
    private LimitKey? _concurrentKey;
    private ImmutableArray<IPNetwork>? _concurrentExempt;
    private int? _concurrentStatus;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<LimitBuilder>(
            Rate,
            AnnotationRisk.Protects,
            "a number of requests and a period, such as '10/s' or '600/m', or both with a comma between them",
            "How many requests a client may make in a second (`s`) or a minute (`m`), on average. Others are answered with 429 and `Retry-After`.",
            static (builder, text) => (builder._rates = RatesOf(text)) is not null),
        new Annotation<LimitBuilder>(
            Burst,
            AnnotationRisk.Tunes,
            $"a number from 1 to {MaxRequests}, or one for each rate with a comma between them",
            "How many requests of a client may come at once. The default is the number of `rate-limit`.",
            static (builder, text) => (builder._bursts = BurstsOf(text)) is not null),
        new Annotation<LimitBuilder>(
            Key,
            AnnotationRisk.Protects,
            KeyText,
            "What counts as one client: its address, everything together, or the value of a header. The default is the address.",
            static (builder, text) => (builder._key = KeyOf(text)) is not null),
        new Annotation<LimitBuilder>(
            Exempt,
            AnnotationRisk.Tunes,
            NetworksText,
            "The networks whose clients are not limited.",
            static (builder, text) => Set(ref builder._exempt, text)),
        new Annotation<LimitBuilder>(
            Status,
            AnnotationRisk.Tunes,
            StatusText,
            "The status of a request over the rate. The default is 429.",
            static (builder, text) => Set(ref builder._status, text, 400, 599)),
        new Annotation<LimitBuilder>(
            Concurrent,
            AnnotationRisk.Protects,
            $"a number from 1 to {MaxRequests}",
            "How many requests for the Ingress are served at the same time. Others are answered with 503 and `Retry-After`.",
            static (builder, text) => Set(ref builder._concurrent, text, 1, MaxRequests)),
        new Annotation<LimitBuilder>(
            ConcurrentKey,
            AnnotationRisk.Protects,
            KeyText,
            "What counts as one client of that limit. The default is everything together.",
            static (builder, text) => (builder._concurrentKey = KeyOf(text)) is not null),
        new Annotation<LimitBuilder>(
            ConcurrentExempt,
            AnnotationRisk.Tunes,
            NetworksText,
            "The networks whose requests are not counted.",
            static (builder, text) => Set(ref builder._concurrentExempt, text)),
        new Annotation<LimitBuilder>(
            ConcurrentStatus,
            AnnotationRisk.Tunes,
            StatusText,
            "The status of a request over the limit of concurrent requests. The default is 503.",
            static (builder, text) => Set(ref builder._concurrentStatus, text, 400, 599)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (!HasFailed)
        {
            BuildRate(context);
            BuildConcurrency(context);
        }
    }

    private void BuildRate(PolicyContext context)
    {
        if (_rates is null)
        {
            RefuseAlone(context, Rate, (Key, _key is not null), (Burst, _bursts is not null), (Exempt, _exempt is not null), (Status, _status is not null));
            return;
        }

        if (_bursts is not null && _bursts.Length != _rates.Length)
        {
            Refuse(Burst, $"'{context.Dialect.KeyOf(Rate)}' has {_rates.Length} rates, and this one {_bursts.Length} numbers", context);
            _bursts = null;
        }

        context.Add(
            new RateLimit
            {
                Windows = [.. _rates.Select((rate, i) => new RateWindow(rate.Requests, rate.Period, _bursts?[i] ?? rate.Requests))],
                Key = _key ?? LimitKey.ClientAddress,
                Exempt = _exempt ?? [],
                Status = _status ?? 429,
            },
            Rate);
    }

    private void BuildConcurrency(PolicyContext context)
    {
        if (_concurrent is not { } concurrent)
        {
            RefuseAlone(
                context,
                Concurrent,
                (ConcurrentKey, _concurrentKey is not null),
                (ConcurrentExempt, _concurrentExempt is not null),
                (ConcurrentStatus, _concurrentStatus is not null));
            return;
        }

        context.Add(
            new ConcurrencyLimit(concurrent, _concurrentStatus ?? 503) { Key = _concurrentKey ?? LimitKey.Ingress, Exempt = _concurrentExempt ?? [] },
            Concurrent);
    }

    private void RefuseAlone(PolicyContext context, string limit, params ReadOnlySpan<(string Name, bool IsSet)> annotations)
    {
        foreach (var (name, isSet) in annotations)
        {
            if (isSet)
            {
                Refuse(name, $"'{context.Dialect.KeyOf(limit)}' is missing, which says what the limit is", context);
                return;
            }
        }
    }

    private static bool Set(ref int? field, string text, int from, int to)
    {
        var isNumber = AnnotationText.TryReadNumber(text, from, to, out var value);
        field = isNumber ? value : null;
        return isNumber;
    }

    private static bool Set(ref ImmutableArray<IPNetwork>? field, string text)
    {
        var areNetworks = AnnotationText.TryReadNetworks(text, out var networks);
        field = areNetworks ? networks : null;
        return areNetworks;
    }

    private static (int Requests, TimeSpan Period)[]? RatesOf(string text)
    {
        if (!AnnotationText.TryReadList(text, out var items))
        {
            return null;
        }

        var rates = items.Select(RateOf).OfType<(int Requests, TimeSpan Period)>().ToArray();
        return rates.Length == items.Length && rates.DistinctBy(static rate => rate.Period).Count() == rates.Length ? rates : null;
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

    private static int[]? BurstsOf(string text)
    {
        if (!AnnotationText.TryReadList(text, out var items))
        {
            return null;
        }

        var bursts = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!AnnotationText.TryReadNumber(items[i], 1, MaxRequests, out bursts[i]))
            {
                return null;
            }
        }

        return bursts;
    }

    private static LimitKey? KeyOf(string text) => text switch
    {
        "client" => LimitKey.ClientAddress,
        "ingress" => LimitKey.Ingress,
        _ when text.StartsWith("header:", StringComparison.Ordinal) && text["header:".Length..].Trim() is { Length: > 0 } name
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') => new LimitKey(name),
        _ => null,
    };
}
