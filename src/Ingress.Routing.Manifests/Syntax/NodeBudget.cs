namespace Ingress.Routing.Manifests.Syntax;

/// <summary>How many keys and values a text may still hold. Not thread-safe.</summary>
internal sealed class NodeBudget
{
    private int _left = ManifestLimits.DocumentNodes;

    /// <exception cref="ManifestSyntaxException">There is nothing left.</exception>
    public void Take(Position position)
    {
        if (--_left < 0)
        {
            throw ManifestSyntaxException.LimitExceeded(
                $"The document holds more than {ManifestLimits.DocumentNodes} keys and values.", position);
        }
    }
}
