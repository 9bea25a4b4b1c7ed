using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Reads how a request was matched.</summary>
public static class IngressHttpContextExtensions
{
    /// <summary>The route that takes the request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The route; null before <c>UseIngressRouting</c>, and when none applies.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static IngressRoute? GetIngressRoute(this HttpContext context) => context.GetIngressMatch()?.Match.Route;

    /// <summary>The match and the table that made it.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The feature; null before <c>UseIngressRouting</c>, and when no route applies.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static IIngressMatchFeature? GetIngressMatch(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Features.Get<IIngressMatchFeature>();
    }

    /// <summary>What the client claimed about where its request comes from, and was not believed.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The claims; null when there were none, or a trusted proxy made them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static RemovedClaims? GetRemovedClaims(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Features.Get<RemovedClaims>();
    }

    /// <summary>What there is to tell about the request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The feature; null before <c>UseIngressRouting</c>, and while nobody listens.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static IngressRequestRecord? GetIngressRecord(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Features.Get<IngressRequestRecord>();
    }

    /// <summary>How the connection of the request began, client certificate included.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The feature; null when TLS did not end at <c>UseIngressHttps</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static IIngressTlsFeature? GetIngressTls(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Features.Get<IIngressTlsFeature>();
    }
}
