using System.Net;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>The API server answered with something else than success.</summary>
internal sealed class KubernetesApiException(HttpStatusCode code, KubernetesStatus status, TimeSpan? retryAfter)
    : Exception(status.Message is { Length: > 0 } message ? $"{(int)code} {status.Reason}: {message}" : $"{(int)code} {status.Reason}")
{
    /// <summary>The HTTP status, or the code of an ERROR event.</summary>
    public HttpStatusCode Code { get; } = code;

    /// <summary>What the body said.</summary>
    public KubernetesStatus Status { get; } = status;

    /// <summary>How long the server asks to wait at least.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the version asked for is no longer, or not yet, there: only a new list helps (K3).</summary>
    public bool IsVersionGone
        => Code == HttpStatusCode.Gone
            || Status.Reason is "Expired" or "Gone"
            || (Code == HttpStatusCode.GatewayTimeout && Status.Causes.Contains("ResourceVersionTooLarge"));

    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    public bool IsUnauthorized => Code == HttpStatusCode.Unauthorized;

    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    /// <summary>Whether somebody else wrote the object in between, or created it.</summary>
    public bool IsConflict => Code == HttpStatusCode.Conflict;
}
