using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Properties;

/// <summary>Smaller cases, boldest first: without a request, an Ingress, a rule, a path, a default, a class, an element, a port.</summary>
internal static class RoutingCaseShrinker
{
    public static IEnumerable<RoutingCase> Shrink(RoutingCase value)
    {
        if (value.Requests.Count > 1)
        {
            return value.Requests.Select(request => value with { Requests = [request] });
        }

        return ShrinkSnapshot(value.Snapshot).Select(snapshot => value with { Snapshot = snapshot })
            .Concat(ShrinkOptions(value.Options).Select(options => value with { Options = options }))
            .Concat(Each(value.Requests, ShrinkRequest).Select(requests => value with { Requests = requests }));
    }

    private static IEnumerable<ClusterSnapshot> ShrinkSnapshot(ClusterSnapshot snapshot)
        => WithoutOne(snapshot.Ingresses).Concat(Each(snapshot.Ingresses, ShrinkIngress)).Select(
            ingresses => snapshot with { Ingresses = ingresses })
            .Concat(WithoutOne(snapshot.IngressClasses).Select(classes => snapshot with { IngressClasses = classes }));

    private static IEnumerable<IngressResource> ShrinkIngress(IngressResource ingress)
    {
        foreach (var rules in WithoutOne(ingress.Rules).Concat(Each(ingress.Rules, ShrinkRule)))
        {
            if (rules.Count > 0 || ingress.DefaultBackend is not null)
            {
                yield return ingress with { Rules = rules };
            }
        }

        if (ingress.DefaultBackend is not null && ingress.Rules.Count > 0)
        {
            yield return ingress with { DefaultBackend = null };
        }

        if (ingress.IngressClassName is not null)
        {
            yield return ingress with { IngressClassName = null };
        }

        if (ingress.Metadata.Annotations.Count > 0)
        {
            yield return ingress with { Metadata = ingress.Metadata with { Annotations = new Dictionary<string, string>() } };
        }
    }

    private static IEnumerable<IngressRule> ShrinkRule(IngressRule rule)
    {
        if (rule.Paths is not { } paths)
        {
            return [];
        }

        return WithoutOne(paths).Where(rest => rest.Count > 0)
            .Concat(Each(paths, path => ShrinkPath(path.Path).Select(shorter => path with { Path = shorter })))
            .Select(rest => rule with { Paths = rest });
    }

    private static IEnumerable<RequestLine> ShrinkRequest(RequestLine request)
    {
        foreach (var target in ShrinkPath(request.Target))
        {
            yield return request with { Target = target };
        }

        if (request.Host.IndexOf(':') is > 0 and var port)
        {
            yield return request with { Host = request.Host[..port] };
        }

        if (request.Host.Any(char.IsAsciiLetterUpper))
        {
            yield return request with { Host = request.Host.ToLowerInvariant() };
        }
    }

    // Without one element, so that what stays is still a path that validation accepts.
    private static IEnumerable<string> ShrinkPath(string? path)
    {
        if (path is null || !path.StartsWith('/') || path.Length < 2)
        {
            return [];
        }

        return WithoutOne(path[1..].Split('/')).Select(elements => "/" + string.Join('/', elements));
    }

    private static IEnumerable<RouteTableOptions> ShrinkOptions(RouteTableOptions options)
    {
        RouteTableOptions[] simpler =
        [
            options with { ControllerName = null }, options with { DefaultBackend = null },
            options with { KeepSlashes = false }, options with { RejectEncodedSeparators = false },
        ];
        return simpler.Where(candidate => candidate != options);
    }

    private static IEnumerable<IReadOnlyList<T>> WithoutOne<T>(IReadOnlyList<T> items)
        => Enumerable.Range(0, items.Count).Select(i => (IReadOnlyList<T>)[.. items.Take(i), .. items.Skip(i + 1)]);

    private static IEnumerable<IReadOnlyList<T>> Each<T>(IReadOnlyList<T> items, Func<T, IEnumerable<T>> shrink)
        => Enumerable.Range(0, items.Count)
            .SelectMany(i => shrink(items[i]).Select(smaller => (IReadOnlyList<T>)[.. items.Take(i), smaller, .. items.Skip(i + 1)]));
}
