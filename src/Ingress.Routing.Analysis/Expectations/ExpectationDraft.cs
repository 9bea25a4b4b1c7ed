using Ingress.Routing.Comparison;

namespace Ingress.Routing.Expectations;

/// <summary>Makes expectations of what a table does today, to begin with.</summary>
public static class ExpectationDraft
{
    /// <summary>Describes a table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>
    /// One expectation for each route that a request can reach, in the order of <see cref="IngressRouteTable.Routes"/>; one for a host that no
    /// rule names, when it is answered with 404; and one for each name with a certificate. The table meets them all.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public static IReadOnlyList<Expectation> Of(IngressRouteTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. OfRoutes(table), .. OfUnknownHosts(table), .. OfCertificates(table)];
    }

    private static IEnumerable<RequestExpectation> OfRoutes(IngressRouteTable table)
    {
        var urls = UrlsOf(table);
        return table.Routes.Where(urls.ContainsKey).Select(route => new RequestExpectation
        {
            Name = NameOf(route),
            Url = urls[route] + route.Conditions.ExampleQuery,
            Method = route.Conditions.Methods.Count == 0 ? null : route.Conditions.Example.Method,
            Headers = route.Conditions.Example.Headers,
            Service = ServiceOf(route)?.Name,
            Port = ServiceOf(route)?.Port,
            Resource = route.Resource is null ? null : RequestAnswer.BackendOf(route),
        });
    }

    // Of several Services, the one with the largest share.
    private static ServiceReference? ServiceOf(IngressRoute route)
        => route.Split is { } split ? split.SharesOf(route.Conditions.Example).MaxBy(static share => share.Share).Service : route.Service;

    private static Dictionary<IngressRoute, string> UrlsOf(IngressRouteTable table)
    {
        var buckets = new BucketIndex(table);
        var urls = new Dictionary<IngressRoute, string>();
        foreach (var region in new HostPartition(buckets.Hosts).Regions)
        {
            var content = buckets.Find(region);
            var cells = new PathPartition(content.Routes, table.Options).Cells.Select(static cell => cell.Witness);
            foreach (var path in cells.Concat(content.Patterns.SelectMany(static route => PatternExamples.Of(route.Pattern!))))
            {
                var witness = new RequestWitness(region.Witness, path);
                foreach (var route in table.Candidates(witness.Host, witness.Target).OfType<IngressRoute>())
                {
                    var conditions = route.Conditions;
                    if (ReferenceEquals(table.Match(witness.Host, witness.Target + conditions.ExampleQuery, conditions.Example).Route, route))
                    {
                        urls.TryAdd(route, witness.Url);
                    }
                }
            }
        }

        return urls;
    }

    private static IEnumerable<RequestExpectation> OfUnknownHosts(IngressRouteTable table)
    {
        var witness = new RequestWitness(new HostPartition(new BucketIndex(table).Hosts).Regions[^1].Witness, "/");
        if (table.Match(witness.Host, witness.Target).Status == IngressMatchStatus.NotFound)
        {
            yield return new() { Name = "a host that no rule names", Url = witness.Url, StatusCode = 404 };
        }
    }

    private static IEnumerable<RequestExpectation> OfCertificates(IngressRouteTable table)
        => new HostPartition(CertificateComparer.NamesOf(table.Snapshot)).Regions
            .Select(region => (Region: region, Certificate: table.FindCertificate(region.Witness)))
            .Where(static item => item.Certificate is not null)
            .Select(static item => new RequestExpectation
            {
                Name = $"certificate for {(item.Region.Kind == HostRegionKind.Other ? "every other name" : item.Region.Pattern)}",
                Url = $"https://{item.Region.Witness}/",
                Certificate = item.Certificate!.Secret.Name,
            });

    private static string NameOf(IngressRoute route) => route switch
    {
        { Source.IsConfigured: true } => "the configured default backend",
        { PathAsWritten: { } path } => $"{route.Host ?? "every host"}: {route.PathType} {path} of {route.Source}",
        _ => $"default backend of {route.Source}",
    };
}
