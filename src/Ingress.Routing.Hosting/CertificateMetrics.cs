using System.Diagnostics.Metrics;

namespace Ingress.Routing.Hosting;

/// <summary>Tells when certificates expire, by Secret.</summary>
internal sealed class CertificateMetrics
{
    // Those that expire first; of the others there is time to hear.
    private const int Most = 1000;

    private readonly IngressRouter _router;
    private Known? _known;

    public CertificateMetrics(IngressRouter router, Meter meter)
    {
        _router = router;
        meter.CreateObservableGauge(
            "ingress_routing.certificate.expiry", () => InForce().Measurements, "s", "When the certificate of a Secret expires, in seconds since 1970.");
        meter.CreateObservableGauge("ingress_routing.certificates", () => InForce().Count, "{certificate}", "Certificates that are served.");
    }

    // Put together once for each table that is asked for.
    private Known InForce()
    {
        var generation = _router.Generation;
        if (_known is { } known && ReferenceEquals(known.Generation, generation))
        {
            return known;
        }

        var certificates = generation.Table.ServedCertificates;
        var measurements = certificates
            .GroupBy(static certificate => certificate.Secret.Name, static (name, all) => (Name: name, NotAfter: all.Min(static certificate => certificate.NotAfter)))
            .OrderBy(static item => item.NotAfter)
            .Take(Most)
            .Select(static item => new Measurement<double>(
                item.NotAfter.ToUnixTimeSeconds(),
                new KeyValuePair<string, object?>("namespace", item.Name.Namespace),
                new KeyValuePair<string, object?>("secret", item.Name.Name)))
            .ToArray();
        return _known = new(generation, certificates.Count, measurements);
    }

    private sealed record Known(RouteTableGeneration Generation, int Count, Measurement<double>[] Measurements);
}
