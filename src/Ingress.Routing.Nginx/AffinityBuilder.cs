using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about clients that stay with one endpoint.</summary>
internal sealed class AffinityBuilder : PolicyBuilder
{
    public const string Affinity = "affinity";

    /// <summary>What was read so far.</summary>
    public SessionAffinity Policy { get; set; } = new();

    public bool IsOn { get; set; }

    /// <summary>The first annotation that says how, but not whether.</summary>
    public string? First { get; set; }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (IsOn)
        {
            context.Add(Policy, Affinity);
        }
        else if (First is not null)
        {
            context.Warn(First, $"It counts only together with '{context.Dialect.KeyOf(Affinity)}: cookie'. It is ignored.");
        }
    }
}
