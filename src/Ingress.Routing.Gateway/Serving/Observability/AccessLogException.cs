namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>The access log cannot be written; the message says why.</summary>
internal sealed class AccessLogException(string message, Exception inner) : Exception(message, inner);
