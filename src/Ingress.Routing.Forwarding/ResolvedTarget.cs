using System.Net;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding;

/// <summary>Where the requests for a Service port go: to its ready endpoints, or to what the host application put in their place.</summary>
internal sealed class ResolvedTarget
{
    private ResolvedTarget(IReadOnlyList<string> addresses, bool isHttp2, HttpMessageHandler? handler)
    {
        Addresses = addresses;
        IsHttp2 = isHttp2;
        Handler = handler;
    }

    /// <summary>Scheme, host, port and perhaps a path, without a trailing slash; empty when there is nowhere to go.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>Whether HTTP/2 is spoken without asking first; otherwise TLS negotiates it, and HTTP/1.1 is spoken without TLS.</summary>
    public bool IsHttp2 { get; }

    /// <summary>Sends the requests; null for the network.</summary>
    public HttpMessageHandler? Handler { get; }

    public static ResolvedTarget Of(ServiceDestinations destinations, ServiceTarget? target, BackendTraits traits)
    {
        // What a policy says goes before what the Service port says.
        var isHttp2 = traits.Protocol is { } protocol
            ? protocol is BackendProtocolKind.Grpc or BackendProtocolKind.Grpcs
            : IsHttp2Protocol(destinations.AppProtocol);
        if (target is null)
        {
            var isTls = traits.Protocol is { } chosen
                ? chosen is BackendProtocolKind.Https or BackendProtocolKind.Grpcs
                : IsTlsProtocol(destinations.AppProtocol);
            var scheme = isTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
            IReadOnlyList<IPEndPoint> endpoints = traits.UsesServiceAddress && destinations.ServiceAddress is { } address ? [address] : destinations.Ready;
            return new([.. endpoints.Select(endpoint => $"{scheme}://{endpoint}")], isHttp2, null);
        }

        var addresses = target.Addresses.Select(static address => address.GetLeftPart(UriPartial.Path).TrimEnd('/')).ToList();
        if (addresses.Count == 0 && target.Handler is not null)
        {
            var service = destinations.Service.Name;
            addresses.Add($"http://{service.Name}.{service.Namespace}.svc");
        }

        return new(addresses, isHttp2, target.Handler);
    }

    /// <summary>Whether only the addresses differ, if anything.</summary>
    public bool IsReachedLike(ResolvedTarget other) => IsHttp2 == other.IsHttp2 && ReferenceEquals(Handler, other.Handler);

    // The names of Kubernetes (KEP 3726), and those that were in use before it. appProtocol is free text; anything else means HTTP/1.1.
    private static bool IsHttp2Protocol(string? protocol) => IsOneOf(protocol, "kubernetes.io/h2c", "h2c", "grpc");

    private static bool IsTlsProtocol(string? protocol) => IsOneOf(protocol, "kubernetes.io/wss", "https", "wss");

    private static bool IsOneOf(string? protocol, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (string.Equals(protocol, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
