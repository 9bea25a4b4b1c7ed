using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

#pragma warning disable CA1848 // a page shows the shortest way to log

namespace Snippets;

// <observer>
internal sealed class SlowRequests(ILogger<SlowRequests> logger) : IIngressRequestObserver
{
    public void OnCompleted(HttpContext context, IngressRequestRecord record)
    {
        if (record.Duration > TimeSpan.FromSeconds(1))
        {
            logger.LogWarning("{Path} took {Duration}, of which {Upstream} at {Endpoint}", record.Match.Path, record.Duration, record.Upstream, record.Endpoint);
        }
    }
}
// </observer>
