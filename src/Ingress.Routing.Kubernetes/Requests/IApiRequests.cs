namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>Sends single requests to the API server: what is written, and what is asked once.</summary>
/// <remarks>Thread-safe. A server that cannot be reached is an answer too, and no exception.</remarks>
internal interface IApiRequests
{
    /// <summary>Sends a request, and waits for the whole answer, 5 seconds at most (K20).</summary>
    /// <param name="method">The verb.</param>
    /// <param name="path">The path with its query, relative to the server: no slash in front.</param>
    /// <param name="body">What to send; null when there is nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<ApiAnswer> SendAsync(HttpMethod method, string path, ApiBody? body, CancellationToken cancellationToken);
}
