using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Which of several backends gets a request, as annotations of ours say. Slow on purpose.</summary>
internal static class ReferenceBackends
{
    public static bool IsCanary(IngressResource ingress)
    {
        var named = ingress.Metadata.Annotations.Keys.Where(key => key.StartsWith("ingress.routing/canary", StringComparison.Ordinal)).ToList();
        return named.Count > 0 && Text(ingress, "canary") != "false";
    }

    /// <summary>Whether it can be understood what a canary takes. (The tests write nothing else that closes an Ingress.)</summary>
    public static bool IsUnderstood(IngressResource canary)
        => Text(canary, "canary") == "true" && !new ReferenceConditions(canary).AreUnknown;

    /// <summary>The name of the Service.</summary>
    /// <param name="main">The Ingress of the path, and the name of its Service there.</param>
    /// <param name="canary">Likewise for the canary; null when there is none.</param>
    /// <param name="point">From 0 to 1, and not where two shares meet.</param>
    public static string Choose(
        (IngressResource Ingress, string Service) main, (IngressResource Ingress, string Service)? canary, ReferenceRequest request, double point)
    {
        if (canary is { } other)
        {
            var header = Text(other.Ingress, "canary-by-header");
            var headerValue = Text(other.Ingress, "canary-by-header-value");
            var actual = header is null ? null : request.Header(header);
            var cookie = Text(other.Ingress, "canary-by-cookie") is { } name ? request.Cookie(name) : null;
            var total = Number(Text(other.Ingress, "canary-weight-total"), 100, 1_000_000) ?? 100;
            var weight = Number(Text(other.Ingress, "canary-weight"), 0, total) ?? 0;
            var share = (headerValue is null ? Decision(actual) : actual == headerValue ? true : (bool?)null) is { } byHeader ? (byHeader ? 1.0 : 0.0)
                : Decision(cookie) is { } byCookie ? (byCookie ? 1.0 : 0.0)
                : (double)weight / total;
            if (point < share)
            {
                return other.Service;
            }

            point = (point - share) / (1 - share);
        }

        if (WeightsOf(main.Ingress) is { } weights && weights.Exists(item => item.Service == main.Service))
        {
            var line = weights.SelectMany(item => Enumerable.Repeat(item.Service, item.Weight)).ToList();
            return line[(int)(point * line.Count)];
        }

        return main.Service;
    }

    /// <summary>Whether a Service is one of those of the Ingress already.</summary>
    public static bool IsOwn(string service, (IngressResource Ingress, string Service) main)
        => service == main.Service
            || (WeightsOf(main.Ingress) is { } weights && weights.Exists(item => item.Service == main.Service) && weights.Exists(item => item.Service == service));

    private static bool? Decision(string? text) => text switch
    {
        "always" => true,
        "never" => false,
        _ => null,
    };

    private static List<(string Service, int Weight)>? WeightsOf(IngressResource ingress)
    {
        var items = Text(ingress, "backend-weights")?.Split(',').Select(item => item.Trim().Split('=')).ToList();
        return items is null || items.Exists(item => item.Length != 2 || !int.TryParse(item[1], out _))
            ? null
            : items.ConvertAll(item => (item[0], int.Parse(item[1], CultureInfo.InvariantCulture)));
    }

    private static int? Number(string? text, int from, int to) => int.TryParse(text, out var number) && number >= from && number <= to ? number : null;

    private static string? Text(IngressResource ingress, string name)
        => ingress.Metadata.Annotations.TryGetValue("ingress.routing/" + name, out var text) ? text.Trim() : null;
}
