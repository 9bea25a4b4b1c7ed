using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>One path of a rule, or a rule without paths, before anything is decided.</summary>
/// <param name="Owner">The Ingress.</param>
/// <param name="Age">The place of the Ingress in age order (D6a).</param>
/// <param name="RuleIndex">The index of the rule.</param>
/// <param name="PathIndex">The index of the path; -1 for a rule without paths.</param>
internal sealed record PathClaim(EvaluatedIngress Owner, int Age, int RuleIndex, int PathIndex)
{
    public IngressResource Ingress => Owner.Ingress;

    public IngressRule Rule => Ingress.Rules[RuleIndex];

    public IngressPath? Written => PathIndex < 0 ? null : Rule.Paths![PathIndex];

    public string Field => PathIndex < 0 ? $"spec.rules[{RuleIndex}]" : $"spec.rules[{RuleIndex}].http.paths[{PathIndex}]";

    /// <summary>How <see cref="IngressRoute.Id"/> names it.</summary>
    public string RouteId => $"{Ingress.Name}/{RuleIndex}/{PathIndex}";

    /// <summary>All claims of the rules that an Ingress has.</summary>
    public static IEnumerable<PathClaim> Of(EvaluatedIngress owner, int age)
    {
        for (var i = 0; i < owner.Ingress.Rules.Count; i++)
        {
            if (owner.Ingress.Rules[i].Paths is not { Count: > 0 } paths)
            {
                yield return new(owner, age, i, -1);
                continue;
            }

            for (var j = 0; j < paths.Count; j++)
            {
                yield return new(owner, age, i, j);
            }
        }
    }

    /// <summary>The bucket it is about; the empty text for all hosts.</summary>
    public string Host => Owner.IsServed ? Rule.Host ?? "" : HostMeant(Rule.Host ?? "");

    // What an invalid host was most likely meant to be: "SHOP.example.com:80" would have been "shop.example.com".
    private static string HostMeant(string host)
        => RequestHost.TryRead(host.Replace("*.", "x.", StringComparison.Ordinal), out var read) && read.IsName
            ? (HostName.IsWildcard(host) ? "*" + read.Text[1..].ToString() : read.Text.ToString()).ToLowerInvariant()
            : host;
}
