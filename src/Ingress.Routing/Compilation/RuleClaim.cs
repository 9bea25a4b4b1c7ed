using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>One rule of an Ingress, which claims its host.</summary>
/// <param name="Ingress">The Ingress, a served one.</param>
/// <param name="Rule">The index of the rule.</param>
internal readonly record struct RuleClaim(IngressResource Ingress, int Rule)
{
    /// <summary>The older Ingress first (D6a), and the rules of one in the order written.</summary>
    public static int CompareByAge(RuleClaim x, RuleClaim y)
    {
        var order = AgeOrder.Instance.Compare(x.Ingress, y.Ingress);
        return order != 0 ? order : x.Rule.CompareTo(y.Rule);
    }

    /// <summary>The host of a rule as a key; empty for all hosts.</summary>
    public static string HostOf(IngressRule rule) => rule.Host ?? "";
}
