using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about sharing requests among Services.</summary>
internal sealed class BackendWeightsBuilder : PolicyBuilder
{
    public const string Name = "backend-weights";

    private const int LargestWeight = 1_000_000;

    private List<RequestedWeight>? _weights;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<BackendWeightsBuilder>(
            Name,
            AnnotationRisk.Tunes,
            $"Services with weights from 0 to {LargestWeight}, such as 'web=90, web-v2:8080=10', each once and one of them above 0",
            "How requests are shared among Services. It is for the paths whose own Service is one of them; a port that is missing is that of the path.",
            static (builder, text) => (builder._weights = Read(text)) is not null),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_weights is not null)
        {
            context.AddWeights(_weights, Name);
        }
    }

    private static List<RequestedWeight>? Read(string text)
    {
        if (!AnnotationText.TryReadList(text, out var items))
        {
            return null;
        }

        var weights = new List<RequestedWeight>();
        foreach (var item in items)
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !AnnotationText.TryReadNumber(item[(equals + 1)..].Trim(), 0, LargestWeight, out var weight))
            {
                return null;
            }

            var (service, port) = item[..equals].Trim().Split(':') switch
            {
                [var name] => (name, null),
                [var name, var written] when AnnotationText.TryReadPort(written, out var read) => (name, read),
                _ => ("", null),
            };
            if (service.Length == 0 || NameSyntax.ServiceNameErrors(service).Any() || weights.Exists(other => other.Service == service && other.Port == port))
            {
                return null;
            }

            weights.Add(new(service, port, weight));
        }

        return weights.Exists(static weight => weight.Weight > 0) ? weights : null;
    }
}
