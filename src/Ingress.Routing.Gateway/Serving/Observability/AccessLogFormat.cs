namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>How lines of the access log are written.</summary>
internal enum AccessLogFormat
{
    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>The combined form of web servers, with what it lacks behind it.</summary>
    Text,
}
