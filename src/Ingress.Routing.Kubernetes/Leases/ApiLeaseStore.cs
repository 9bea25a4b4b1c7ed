using Ingress.Routing.Kubernetes.Requests;

namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>A Lease of the cluster.</summary>
internal sealed class ApiLeaseStore(IApiRequests api, string @namespace, string name) : ILeaseStore
{
    private const string FieldManager = "?fieldManager=ingress-gateway";

    private readonly string _all = $"apis/coordination.k8s.io/v1/namespaces/{@namespace}/leases";

    public async Task<LeaseAnswer> ReadAsync(CancellationToken cancellationToken)
        => Read(await api.SendAsync(HttpMethod.Get, $"{_all}/{name}", null, cancellationToken).ConfigureAwait(false));

    public async Task<LeaseAnswer> CreateAsync(LeaseRecord record, CancellationToken cancellationToken)
        => Read(await api.SendAsync(
            HttpMethod.Post, _all + FieldManager, ApiBody.Of(StoredLease.Create(name, @namespace, record)), cancellationToken).ConfigureAwait(false));

    public async Task<LeaseAnswer> ReplaceAsync(StoredLease known, LeaseRecord record, CancellationToken cancellationToken)
        => Read(await api.SendAsync(
            HttpMethod.Put, $"{_all}/{name}{FieldManager}", ApiBody.Of(known.With(record)), cancellationToken).ConfigureAwait(false));

    private static LeaseAnswer Read(ApiAnswer answer) => answer switch
    {
        { IsSuccess: true } when StoredLease.Read(answer.Body) is { } lease => new(lease),
        { IsSuccess: true } => new(null, Problem: "the answer is no Lease"),
        { IsMissing: true } => new(null, IsMissing: true),
        { IsConflict: true } => new(null, IsConflict: true),
        _ => new(null, Problem: answer.Describe()),
    };
}
