using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Sums up what a check has nothing to say about, and why, once for all files.</summary>
internal static class CheckNotes
{
    private const int MostKinds = 4;

    /// <summary>Which of the objects found were not checked.</summary>
    /// <param name="unjudged">The findings that were left out, by reason.</param>
    public static IEnumerable<string> OfUnevaluated(ILookup<MissingObjects?, IngressDiagnostic> unjudged)
    {
        var parts = new List<string>();
        if (unjudged.Contains(MissingObjects.Services))
        {
            parts.Add("Services (none given)");
        }
        else if (unjudged.Contains(MissingObjects.EndpointSlices))
        {
            parts.Add("endpoints (no EndpointSlices given)");
        }

        if (unjudged.Contains(MissingObjects.Secrets))
        {
            parts.Add("Secrets (none given)");
        }

        if (unjudged.Contains(MissingObjects.ConfigMaps))
        {
            parts.Add("ConfigMaps (none given)");
        }

        if (unjudged.Contains(MissingObjects.AnnouncedSecrets))
        {
            parts.Add("certificates that are made in the cluster");
        }

        if (parts.Count > 0)
        {
            yield return $"Not checked: {string.Join(", ", parts)}. --strict reports what is missing all the same.";
        }
    }

    /// <summary>The kinds that were passed over.</summary>
    public static IEnumerable<string> OfSkipped(IReadOnlyList<IngressDiagnostic> skipped)
    {
        if (skipped.Count > 0)
        {
            yield return $"Passed over, as no part of Ingress routing: {KindsOf(skipped.Select(static item => NameOf(item.Resource!.Value.Kind)))}.";
        }
    }

    /// <summary>Why there was nothing to check.</summary>
    public static IEnumerable<string> OfNothing(ClusterSnapshot snapshot, IReadOnlyList<IngressDiagnostic> reported)
    {
        if (snapshot.Ingresses.Count > 0 || reported.Any(static finding => finding.Resource is { Kind: "Ingress" }))
        {
            yield break;
        }

        var others = snapshot.IngressClasses.Select(static item => item.Kind)
            .Concat(snapshot.Services.Select(static item => item.Kind))
            .Concat(snapshot.EndpointSlices.Select(static item => item.Kind))
            .Concat(snapshot.Secrets.Select(static item => item.Kind))
            .Concat(snapshot.ConfigMaps.Select(static item => item.Kind))
            .ToList();
        if (others.Count > 0)
        {
            yield return $"No Ingress was found, so there is nothing to route: only {KindsOf(others)}.";
        }
        else if (snapshot.SourceDiagnostics.Count == 0)
        {
            yield return "No Ingress was found: what was read is empty, or holds comments alone.";
        }
        else if (reported.Count == 0)
        {
            yield return "No Ingress was found, so there is nothing to route.";
        }
    }

    // Other projects have an Ingress of their own.
    private static string NameOf(string kind)
        => kind is "Ingress" or "IngressClass" or "Service" or "EndpointSlice" or "Endpoints" or "Secret" or "ConfigMap" ? $"{kind} of another API group" : kind;

    // Most frequent first: "Deployment (3), IngressRoute".
    private static string KindsOf(IEnumerable<string> kinds)
    {
        var counted = kinds.CountBy(static kind => kind)
            .OrderByDescending(static pair => pair.Value)
            .ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => pair.Value == 1 ? pair.Key : $"{pair.Key} ({pair.Value})")
            .ToList();
        var more = counted.Count > MostKinds ? $" and {PrintableText.Count(counted.Count - MostKinds, "other kind")}" : "";
        return PrintableText.Escape(string.Join(", ", counted.Take(MostKinds)) + more);
    }
}
