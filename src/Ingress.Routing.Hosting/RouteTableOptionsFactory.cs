using System.Collections.Immutable;

namespace Ingress.Routing.Hosting;

/// <summary>Turns validated settings into what the compiler takes.</summary>
internal static class RouteTableOptionsFactory
{
    public static RouteTableOptions Create(IngressRoutingOptions options) => new()
    {
        ControllerName = options.ControllerName,
        DefaultBackend = options.DefaultBackend is { } backend && OptionSyntax.TryReadService(backend, out var service) ? service : null,
        DefaultCertificate = options.DefaultCertificate is { } certificate && OptionSyntax.TryReadSecret(certificate, out var secret)
            ? secret
            : null,
        RejectEncodedSeparators = options.RejectEncodedSeparators,
        KeepSlashes = options.KeepSlashes,
        HostSharing = options.HostSharing,
        AllowLoopbackDestinations = options.AllowLoopbackDestinations,
        ResourceKinds = [.. options.ResourceKinds],
        Tls = options.Tls,
        HostTls = options.HostTls.ToImmutableDictionary(static pair => pair.Key.ToLowerInvariant(), static pair => pair.Value),
        RequireMatchingServerName = options.RequireMatchingServerName,
        HttpsPort = options.HttpsPort,
        AnnotationPrefix = options.AnnotationPrefix,
        AnnotationDialects = [.. options.AnnotationDialects],
        RejectBacktrackingPatterns = options.RejectBacktrackingPatterns,
        StandIns = options.StandIns,
    };
}
