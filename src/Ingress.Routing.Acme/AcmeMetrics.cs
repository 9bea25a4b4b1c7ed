using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Acme;

/// <summary>Counts orders and failures, and shows until when certificates are valid.</summary>
internal sealed class AcmeMetrics
{
    private readonly Counter<long> _begun;
    private readonly Counter<long> _issued;
    private readonly Counter<long> _failed;
    private volatile IReadOnlyList<(string Name, DateTimeOffset NotAfter)> _certificates = [];
    private volatile IReadOnlyList<(string State, int Count)> _states = [];

    // A host has a meter factory; a bare service provider need not.
    public AcmeMetrics(IMeterFactory? meterFactory = null)
    {
        var meter = meterFactory?.Create(IngressRoutingTelemetry.MeterName) ?? new Meter(IngressRoutingTelemetry.MeterName);
        _begun = meter.CreateCounter<long>("ingress_routing.acme.orders", "{order}", "Orders for certificates that were begun.");
        _issued = meter.CreateCounter<long>("ingress_routing.acme.issued", "{certificate}", "Certificates that were issued.");
        _failed = meter.CreateCounter<long>("ingress_routing.acme.failures", "{failure}", "Orders that came to nothing, and attempts at which the CA or the storage failed.");
        meter.CreateObservableGauge(
            "ingress_routing.acme.certificate.not_after",
            () => _certificates.Select(static certificate => new Measurement<long>(
                certificate.NotAfter.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("name", certificate.Name))),
            "s",
            "Until when the certificate of a name is valid, in seconds since 1970.");
        meter.CreateObservableGauge(
            "ingress_routing.acme.names",
            () => _states.Select(static state => new Measurement<int>(state.Count, new KeyValuePair<string, object?>("state", state.State))),
            "{name}",
            "Names that are to have a certificate, by how they stand.");
    }

    public void Begun() => _begun.Add(1);

    public void Issued() => _issued.Add(1);

    /// <param name="of">What failed: <c>order</c>, <c>ca</c> or <c>storage</c>.</param>
    public void Failed(string of) => _failed.Add(1, new KeyValuePair<string, object?>("of", of));

    /// <summary>Shows how names stand.</summary>
    public void Show(IReadOnlyList<(string Name, DateTimeOffset? NotAfter, CertificateStanding Standing)> names)
    {
        _certificates = [.. names.Where(static name => name.NotAfter is not null).Select(static name => (name.Name, name.NotAfter!.Value))];
        _states = [.. Enum.GetValues<CertificateStanding>().Select(standing => (standing.ToString().ToLowerInvariant(), names.Count(name => name.Standing == standing)))];
    }
}
