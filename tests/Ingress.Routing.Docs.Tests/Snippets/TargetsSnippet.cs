using Ingress.Routing;
using Ingress.Routing.Forwarding;

namespace Snippets;

// <targets>
internal sealed class LocalTargets : IServiceTargetProvider
{
    public ServiceTarget? FindTarget(ServiceDestinations destinations)
        => destinations.Service.Name.Namespace == "local"
            ? new ServiceTarget { Addresses = [new Uri("http://127.0.0.1:5000")] }
            : null;
}
// </targets>
