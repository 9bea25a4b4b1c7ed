using System.Net;
using System.Text.Json;
using Ingress.Routing.Kubernetes.Client;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Says what a failure means.</summary>
internal static class FailureJudge
{
    /// <summary>What to do after a failure.</summary>
    public static Failure KindOf(Exception exception) => exception switch
    {
        KubernetesApiException { IsVersionGone: true } => Failure.VersionGone,
        KubernetesApiException { Code: HttpStatusCode.Unauthorized } => Failure.Unauthorized,
        KubernetesApiException { Code: HttpStatusCode.Forbidden } => Failure.Forbidden,
        KubernetesApiException { Code: HttpStatusCode.NotFound } => Failure.Missing,
        KubernetesApiException { Code: HttpStatusCode.BadRequest } => Failure.VersionRefused,
        KubernetesApiException => Failure.Server,
        CredentialsException => Failure.Credentials,
        JsonException => Failure.Unreadable,
        TimeoutException or IOException or HttpRequestException or OperationCanceledException => Failure.Connection,
        _ => Failure.Defect,
    };

    /// <summary>Whether there was no connection at all.</summary>
    public static bool IsUnreachable(Exception exception)
        => exception is OperationCanceledException or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    /// <summary>What happened, in a sentence, with nothing of what was read in it.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        KubernetesApiException api => Sentence(api.Message),
        JsonException => $"What it sends cannot be read. {(exception.InnerException is null ? "" : exception.InnerException.GetType().Name)}".TrimEnd(),
        OperationCanceledException => "It takes no connection in time.",
        HttpRequestException { InnerException: { } inner } => Sentence($"{exception.Message.Split('(')[0].Trim()} {inner.Message}"),
        _ => Sentence(exception.Message),
    };

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
