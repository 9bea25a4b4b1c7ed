using System.Collections.Frozen;
using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>The annotations of ingress-nginx as a dialect.</summary>
public static class NginxAnnotations
{
    /// <summary>What the dialect is called on the command line and on pages.</summary>
    public const string DialectName = "nginx";

    /// <summary>The prefix of its annotations, unless the controller was started with another one.</summary>
    public const string DefaultPrefix = "nginx.ingress.kubernetes.io";

    /// <summary>Creates the dialect.</summary>
    /// <param name="options">The settings of the controller; what is changed in them afterwards has no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static AnnotationDialect CreateDialect(NginxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options with { };
        return new(
            DialectName,
            settings.Prefix,
            [
                .. RewriteAnnotations.Rows,
                .. RedirectAnnotations.Rows,
                .. SslAnnotations.Rows,
                .. ClientCertificateAnnotations.Rows,
                .. AddressAnnotations.Rows,
                .. BasicAuthAnnotations.Rows,
                .. ExternalAuthAnnotations.Rows,
                .. CorsAnnotations.Rows,
                .. LimitAnnotations.Rows,
                .. BodyAnnotations.Rows,
                .. BufferAnnotations.Rows,
                .. BackendAnnotations.Rows,
                .. BackendTlsAnnotations.Rows,
                .. TimeoutAnnotations.Rows,
                .. BalancingAnnotations.Rows,
                .. AffinityAnnotations.Rows,
                .. ResponseAnnotations.Rows,
                .. CanaryAnnotations.Rows,
                .. ErrorAnnotations.Rows,
                .. MirrorAnnotations.Rows,
                .. SnippetAnnotations.Rows,
                .. ObservabilityAnnotations.Rows,
                .. FirewallAnnotations.Rows,
                .. FastCgiAnnotations.Rows,
            ])
        {
            Settings = settings,
            AllowsOtherNamespaces = settings.AllowCrossNamespaceResources,
            Tls = NginxTls.Of(settings),
            ForEveryIngress = [.. Defaults.Builders],
            Forbids = new ForbiddenAnnotations(settings).ProblemOf,
            Misnomers = NginxMisnomers.All.ToFrozenDictionary(StringComparer.Ordinal),
        };
    }
}
