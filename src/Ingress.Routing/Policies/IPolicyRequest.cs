using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>What policies may know of a request. Everything is as it was matched, never decoded in another way (D10).</summary>
public interface IPolicyRequest : IRouteRequest
{
    /// <summary><c>http</c> or <c>https</c>.</summary>
    string Scheme { get; }

    /// <summary>The host in lower case, without port; empty when the request names none.</summary>
    string Host { get; }

    /// <summary>The host as received, without port; its letter case and final dot are kept. Empty when the request names none.</summary>
    string ReceivedHost => Host;

    /// <summary>The policies of the host.</summary>
    HostPolicies HostPolicies => HostPolicies.None;

    /// <summary>Whether a handshake for the host would be answered with a certificate.</summary>
    bool HasCertificate => true;

    /// <summary>The canonical path (D8).</summary>
    ReadOnlyMemory<char> Path { get; }

    /// <summary>The canonical path of the route that takes the request; null when a default backend does, or the path is a regular expression.</summary>
    string? RoutePath { get; }

    /// <summary>The regular expression that the path of that route is; null when it is literal text.</summary>
    PathPattern? RoutePattern { get; }

    /// <summary>The query with its leading <c>?</c>; empty when there is none.</summary>
    ReadOnlyMemory<char> Query { get; }

    /// <summary>The address of the client; null when it is unknown.</summary>
    IPAddress? ClientAddress { get; }

    /// <summary>Names the request in logs.</summary>
    string Id { get; }
}
