using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>The sessions of one route: reads their cookies, and tells endpoints and backends by tags that say nothing about them.</summary>
/// <remarks>
/// A cookie is the key of the session, a dot, and the tag of the backend. Tags are hashes with the identity of the Ingress in them, which clients do
/// not know: all gateways agree about them, and no address can be read or guessed from one.
/// </remarks>
internal sealed class Sessions(SessionAffinity policy, IngressRoute route)
{
    private const int TagLength = 32;

    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");

    private readonly byte[] _salt = SHA256.HashData(Encoding.UTF8.GetBytes($"{route.Source.Uid}|{route.Source.Name}"));
    private readonly ConditionalWeakTable<DestinationState, string> _tags = [];

    public SessionAffinity Policy { get; } = policy;

    /// <summary>Reads the session of a request, and lets the request stay with its backend.</summary>
    public Session Begin(HttpContext context, IIngressMatchFeature match)
    {
        var key = "";
        var request = match.RequestOf(context);
        if (request.Cookie(Policy.CookieName) is { Length: (2 * TagLength) + 1 } cookie && cookie[TagLength] == '.' && IsTag(cookie.AsSpan(0, TagLength)))
        {
            key = cookie[..TagLength];
            var pinned = route.Split is null || route.Split.Canary is { Rule.IgnoresAffinity: true }
                ? null
                : route.Services.FirstOrDefault(service => TagOf(service) == cookie[(TagLength + 1)..]);
            if (pinned is not null)
            {
                match.TryStayWith(pinned);
            }
        }

        return new(this, key);
    }

    /// <summary>The cookie of a session.</summary>
    public string ValueOf(string key, ServiceReference service) => $"{key}.{TagOf(service)}";

    /// <summary>What stands for an endpoint.</summary>
    public string TagOf(DestinationState destination) => _tags.GetValue(destination, state => Tag(Rendezvous.EndPointOf(state)));

    private string TagOf(ServiceReference service) => Tag(service.ToString());

    private string Tag(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(text)).AsSpan(0, TagLength / 2));

    private static bool IsTag(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(s_hexadecimal);
}
