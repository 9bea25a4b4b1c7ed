using System.Net.Http.Headers;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Everything that changes in a request on its way to a backend, in its one order.</summary>
/// <remarks>
/// One transform and not one for each change: between two of them YARP looks whether there is a response, and each would look for what it needs among
/// the features of the request again.
/// </remarks>
/// <param name="hasPolicies">Whether the policies of the route change something.</param>
/// <param name="connections">Counts the requests to each address; null where nothing does.</param>
internal sealed class IngressRequestTransform(ILogger logger, bool hasPolicies, BackendConnections? connections) : RequestTransform
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string ForwardedHost = "X-Forwarded-Host";
    private const string ForwardedPrefix = "X-Forwarded-Prefix";

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var http = context.HttpContext;
        var request = http.Features.Get<ForwardedRequest>()!; // Only what RouteForwarder sends comes here.
        var match = request.Match;
        if (!RequestTarget.IsSendable(match))
        {
            // The canonical path has been checked (D9), the query has not: it takes no part in matching. A tab can end the target for
            // one server and not for the next, and HttpClient would turn other characters into something else.
            Log.QueryRefused(logger, match.Match.Route!);
            http.GetReverseProxyFeature().ProxiedDestination = null; // it learns nothing of this, and nothing is learnt about it
            return new ValueTask(PlainAnswer.BadQueryAsync(http));
        }

        if (http.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is { } destination)
        {
            EndpointState.Of(destination).Ask();
        }

        var received = http.Request.Headers;
        var headers = context.ProxyRequest.Headers;
        context.ProxyRequest.RequestUri = RequestTarget.Of(context.DestinationPrefix, match);

        // Set, not appended: they follow what trusted proxies have said. What a client claims about itself is gone by now (RequestScreen).
        Set(headers, ForwardedFor, AddressOf(http));
        Set(headers, ForwardedProto, http.Request.Scheme);
        SetHost(headers, received);
        if (match.StrippedPrefix is { } prefix)
        {
            Set(headers, ForwardedPrefix, prefix);
        }

        if (received.UpgradeInsecureRequests is { Count: > 0 } asked)
        {
            AddHeader(context, HeaderNames.UpgradeInsecureRequests, asked); // YARP takes it for a header of the connection.
        }

        // Behind what says who the client is, and in front of what counts hops: a policy can change neither.
        if (hasPolicies)
        {
            BackendRequestTransform.Apply(context);
        }

        HopCount.AddTo(context);
        connections?.RequestBegins(request, context.DestinationPrefix);
        return ValueTask.CompletedTask;
    }

    private static string? AddressOf(HttpContext context)
        => context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    // YARP's own X-Forwarded-Host goes through Unicode and back (trap 2).
    private static void SetHost(HttpRequestHeaders headers, IHeaderDictionary received)
    {
        if (received.Host.ToString() is { Length: > 0 } host)
        {
            // Only that of a trusted proxy is still there.
            if (!received.ContainsKey(ForwardedHost))
            {
                headers.TryAddWithoutValidation(ForwardedHost, host);
            }
        }
        else
        {
            // A request without a host (D13) is sent with the address of its destination, for HTTP/1.1 demands one. HttpClient adds its own
            // beside an empty one, and two are malformed.
            headers.Remove(HeaderNames.Host);
        }
    }

    private static void Set(HttpRequestHeaders headers, string name, string? value)
    {
        headers.Remove(name);
        if (value is not null)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
