using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about choosing an endpoint.</summary>
internal sealed class BalancingBuilder : PolicyBuilder
{
    private const string Algorithm = "load-balancing";
    private const string HashBy = "hash-by";
    private const string HashSubset = "hash-subset";
    private const string ServiceAddress = "service-address";
    private const int LargestSubset = 1000;

    private LoadBalancing? _balancing;
    private string? _first;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<BalancingBuilder>(
            Algorithm,
            AnnotationRisk.Tunes,
            "'round-robin', 'peak-ewma', 'power-of-two', 'least-requests' or 'random'",
            "How an endpoint is chosen: one after the other, by latency, by the requests of two drawn, by the requests of all, or any.",
            static (builder, text) => AlgorithmOf(text) is { } algorithm && builder.Set(Algorithm, balancing => balancing with { Algorithm = algorithm })),
        new Annotation<BalancingBuilder>(
            HashBy,
            AnnotationRisk.Tunes,
            "a text with variables, such as '${header:X-Tenant}'",
            "What requests to one endpoint have in common: those with the same text go to the same endpoint. It goes before `load-balancing`.",
            static (builder, text) => text.Length > 0 && PolicyTemplate.TryParse(text, null, out var key, out _) && !key!.IsConstant
                && builder.Set(HashBy, balancing => balancing with { HashBy = key })),
        new Annotation<BalancingBuilder>(
            HashSubset,
            AnnotationRisk.Tunes,
            $"a number from 1 to {LargestSubset}",
            "Among how many endpoints the requests with the same text are shared. The default is 1.",
            static (builder, text) => AnnotationText.TryReadNumber(text, 1, LargestSubset, out var size)
                && builder.Set(HashSubset, balancing => balancing with { HashSubset = size })),
        new Annotation<BalancingBuilder>(
            ServiceAddress,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether requests are sent to the address of the Service (`spec.clusterIP`), and the cluster chooses the endpoint.",
            static (builder, text) => AnnotationText.TryReadBoolean(text, out var value)
                && builder.Set(ServiceAddress, balancing => balancing with { UsesServiceAddress = value })),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_balancing is { HashBy: null, HashSubset: > 1 })
        {
            Refuse(HashSubset, $"'{context.Dialect.KeyOf(HashBy)}' is missing, which says what is hashed", context);
            _balancing = _balancing with { HashSubset = 1 };
        }

        if (_balancing is not null && _balancing != new LoadBalancing())
        {
            context.Add(_balancing, _first!);
        }
    }

    private bool Set(string annotation, Func<LoadBalancing, LoadBalancing> change)
    {
        _first ??= annotation;
        _balancing = change(_balancing ?? new());
        return true;
    }

    private static LoadBalancingAlgorithm? AlgorithmOf(string text) => text switch
    {
        "round-robin" => LoadBalancingAlgorithm.RoundRobin,
        "peak-ewma" => LoadBalancingAlgorithm.PeakEwma,
        "power-of-two" => LoadBalancingAlgorithm.PowerOfTwoChoices,
        "least-requests" => LoadBalancingAlgorithm.LeastRequests,
        "random" => LoadBalancingAlgorithm.Random,
        _ => null,
    };
}
