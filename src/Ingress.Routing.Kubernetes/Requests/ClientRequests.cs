using System.Text.Json;
using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Client;

namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>Sends requests with the client that reads, too.</summary>
internal sealed class ClientRequests(KubernetesClient client) : IApiRequests
{
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, ApiBody? body, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await (method switch
            {
                _ when body is null => client.GetAsync(path, cancellationToken),
                _ when method == HttpMethod.Post => client.CreateAsync(path, body.Json, cancellationToken),
                _ when method == HttpMethod.Put => client.UpdateAsync(path, body.Json, cancellationToken),
                _ => client.PatchAsync(path, body.Json, body.ContentType, cancellationToken),
            }).ConfigureAwait(false);
            return new(200, answer.RootElement.ValueKind == JsonValueKind.Object ? JsonObject.Create(answer.RootElement.Clone()) : null);
        }
        catch (KubernetesApiException refusal)
        {
            return new((int)refusal.Code, RetryAfter: refusal.RetryAfter, Problem: refusal.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new(0, Problem: failure.Message); // not reached, no credentials, no JSON, no answer in time
        }
    }
}
