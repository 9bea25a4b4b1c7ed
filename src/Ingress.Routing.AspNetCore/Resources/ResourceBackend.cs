using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore.Resources;

/// <summary>A registered way to serve a kind of resource backends.</summary>
internal sealed record ResourceBackend(ResourceKind Kind, Func<IServiceProvider, IngressRoute, RequestDelegate> Factory);
