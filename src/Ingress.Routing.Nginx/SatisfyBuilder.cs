using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Whether one way to be let in is enough.</summary>
internal sealed class SatisfyBuilder : PolicyBuilder
{
    public bool IsAny { get; set; }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (IsAny)
        {
            context.AllowAnyAccess();
        }
    }
}
