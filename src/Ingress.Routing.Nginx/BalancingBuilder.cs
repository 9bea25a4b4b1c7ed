using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Which endpoint gets a request. Holds for every Ingress, by the settings of the controller.</summary>
internal sealed class BalancingBuilder : PolicyBuilder
{
    public const string Algorithm = "load-balance";
    public const string HashBy = "upstream-hash-by";

    private LoadBalancingAlgorithm? _algorithm;
    private string? _hashBy;

    public bool? UsesServiceAddress;
    public bool? HasSubset;
    public int? SubsetSize;

    public static bool TrySetAlgorithm(BalancingBuilder builder, string text) => (builder._algorithm = AlgorithmOf(text)) is not null;

    public static bool TrySetHashBy(BalancingBuilder builder, string text)
    {
        builder._hashBy = text.Replace(" ", "", StringComparison.Ordinal);
        return builder._hashBy.Length > 0 && builder._hashBy.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '$' or '{' or '}');
    }

    /// <inheritdoc />
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        _hashBy = annotation.Name == HashBy ? null : _hashBy;
        return base.Fail(annotation, context);
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        var options = context.Settings<NginxOptions>();
        PolicyTemplate? key = null;
        if (_hashBy is not null && !NginxTemplate.TryRead(_hashBy, context.Ingress, null, out key, out var problem))
        {
            Refuse(HashBy, $"It is '{_hashBy}', and {problem}", context);
        }

        context.Add(
            new LoadBalancing
            {
                Algorithm = _algorithm ?? AlgorithmOf(options.LoadBalance) ?? LoadBalancingAlgorithm.RoundRobin,
                HashBy = key,
                HashSubset = key is not null && HasSubset == true ? SubsetSize ?? 3 : 1,
                UsesServiceAddress = UsesServiceAddress ?? options.ServiceUpstream,
            },
            Algorithm);
    }

    private static LoadBalancingAlgorithm? AlgorithmOf(string text) => text switch
    {
        "round_robin" => LoadBalancingAlgorithm.RoundRobin,
        "ewma" => LoadBalancingAlgorithm.PeakEwma,
        _ => null,
    };
}
