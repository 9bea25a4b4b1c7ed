using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>The canaries of one host. Each takes requests of the route with its path, path type and conditions, and has none of its own.</summary>
/// <param name="policies">What the annotations of the Ingresses ask for.</param>
/// <param name="diagnostics">Receives what is worth reporting; null when only the outcome matters.</param>
internal sealed class CanaryClaims(PolicyDirectory policies, RouteTableOptions options, DiagnosticBag? diagnostics)
{
    private readonly List<RuleClaim> _claims = [];

    /// <summary>Takes a claim if it is that of a canary.</summary>
    /// <param name="requested">What the annotations of its Ingress ask for.</param>
    public bool TryAdd(RuleClaim claim, RequestedPolicies? requested)
    {
        if (requested?.Canary is null)
        {
            return false;
        }

        _claims.Add(claim);
        return true;
    }

    /// <summary>Lets routes have the canaries that there are now, and no others.</summary>
    /// <param name="routes">The routes of the host; those whose canary is another one are replaced.</param>
    public void Attach(IngressRoute[] routes)
    {
        var canaries = new Dictionary<IngressRoute, CanaryBackend>(ReferenceEqualityComparer.Instance);
        var byPath = _claims.Count == 0 ? null : routes.ToDictionary(KeyOf);
        foreach (var claim in _claims)
        {
            var requested = policies.Of(claim.Ingress)!;
            for (var i = 0; i < claim.Ingress.Rules[claim.Rule].Paths?.Count; i++)
            {
                var route = RouteFactory.ForPath(claim.Ingress, claim.Rule, i, requested, RoutePolicies.None, options);
                var main = byPath!.GetValueOrDefault(KeyOf(route))
                    ?? byPath!.GetValueOrDefault(KeyOf(route) with { Path = route.PathAsWritten!, IsPattern = true });
                if (ProblemOf(route, requested.Canary!, main, canaries) is { } problem)
                {
                    Report(route, problem);
                }
                else
                {
                    canaries.Add(main!, new(route.Service!, requested.Canary!.Rule!, claim.Ingress.Name, route.Source.Field));
                }
            }
        }

        for (var i = 0; i < routes.Length; i++)
        {
            var canary = canaries.GetValueOrDefault(routes[i]);
            if (routes[i].Split?.Canary != canary)
            {
                routes[i] = new IngressRoute(routes[i], canary);
            }
        }
    }

    private static string? ProblemOf(
        IngressRoute route,
        RequestedCanary canary,
        IngressRoute? main,
        Dictionary<IngressRoute, CanaryBackend> taken)
        => main switch
        {
            _ when canary.Rule is null => "It cannot be understood which requests the canary takes.",
            null => "No other Ingress is served at this host with the same path, path type and conditions.",
            _ when main.Source.Name.Namespace != route.Source.Name.Namespace
                => $"Ingress '{main.Source.Name}', whose requests it would take, is in another namespace.",
            { Service: null } => $"Ingress '{main.Source.Name}' has a resource as its backend, and no Service.",
            _ when route.Service is null => "Its backend is a resource, and no Service.",
            _ when IsOwn(route.Service, main) => $"Its Service is one of Ingress '{main.Source.Name}' already.",
            _ when taken.TryGetValue(main, out var other) => $"Ingress '{other.Source}' goes first by age and is the canary.",
            _ => null,
        };

    // Without the canary that it had before.
    private static bool IsOwn(ServiceReference service, IngressRoute main)
        => main.Split is { } split ? split.Backends.Any(backend => backend.Service == service) : main.Service == service;

    private static (PathType Type, string Path, RouteConditions Conditions, bool IsPattern) KeyOf(IngressRoute route)
        => (route.PathType, route.Path!, route.Conditions, route.Pattern is not null);

    private void Report(IngressRoute route, string problem)
    {
        diagnostics?.At(DiagnosticPhase.Claims, route.Source.Position);
        diagnostics?.Warn(route.Source, IngressDiagnosticIds.CanaryNotServed, "path", $"{problem} This path of the canary takes no requests.");
    }
}
