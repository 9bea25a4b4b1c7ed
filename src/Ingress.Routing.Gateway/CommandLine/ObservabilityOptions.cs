using System.CommandLine;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> about what is told about requests.</summary>
internal sealed class ObservabilityOptions
{
    private readonly Option<bool> _generationHeader = new("--generation-header")
    {
        Description = "Says in the header x-ingress-generation of each response by which route table its request was matched.",
    };

    public IEnumerable<Option> All => [_generationHeader];

    public ObservabilitySettings Read(ParseResult parsed) => new()
    {
        SendGeneration = parsed.GetValue(_generationHeader),
    };
}
