using System.Net;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Ingress.Routing.AspNetCore;

/// <summary>Believes what proxies of configured networks say about the client: its address and its scheme.</summary>
internal static class TrustedProxies
{
    /// <summary>Whether the request came from a trusted proxy.</summary>
    public static bool HasSent(HttpContext context) => context.Features.Get<Marker>() is not null;

    public static void Use(IApplicationBuilder app, IngressRoutingOptions options)
    {
        IPNetwork[] networks = [.. options.TrustedProxies.Select(Cidr.Parse)];
        if (networks.Length == 0)
        {
            return;
        }

        // The nearest address that is not one of ours is the client. The host is left alone: it decides about the route (trap 26).
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseWhen(
            context => context.Connection.RemoteIpAddress is { } address && IsIn(networks, address),
            trusted =>
            {
                trusted.Use(static (context, next) =>
                {
                    context.Features.Set(Marker.Instance);
                    return next(context);
                });
                trusted.UseForwardedHeaders(forwarded);
            });
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Marker
    {
        public static Marker Instance { get; } = new();
    }
}
