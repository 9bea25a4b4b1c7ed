using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.AspNetCore;

/// <summary>Refuses what two servers could read differently, and takes out of a request what its sender may not say.</summary>
/// <remarks>It goes before everything that sets headers, so that no client can have those removed by naming them in <c>Connection</c>.</remarks>
/// <param name="claims">What only a trusted proxy may say.</param>
/// <param name="trustsProxies">Whether there are trusted proxies at all.</param>
internal sealed class RequestScreen(ClientClaims claims, bool trustsProxies)
{
    private const string WebSocket = "websocket";

    // RFC 9110, 5.5: a tab is part of a value, other control characters are not. Bytes from 0x80 on are, whatever they mean.
    private static readonly SearchValues<char> s_controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static code => (char)code).Where(static character => character != '\t'), '\x7F']);

    /// <summary>Finds out whether a request may be read at all.</summary>
    public static RequestFault Check(HttpContext context, IHttpRequestFeature request)
    {
        var fault = CheckMethod(context, request.Method);
        return fault != RequestFault.None ? fault : CheckFraming(request);
    }

    /// <summary>Takes out what its sender may not say, and what was meant for this connection alone.</summary>
    /// <returns>False when a name is no token, or a value has control characters in it.</returns>
    public bool TryClean(HttpContext context, IHeaderDictionary headers)
    {
        var isTrusted = trustsProxies && TrustedProxies.HasSent(context);
        List<string>? forbidden = null;
        foreach (var (name, values) in headers)
        {
            if (!IsName(name))
            {
                return false;
            }

            foreach (var value in values)
            {
                if (value.AsSpan().ContainsAny(s_controls))
                {
                    return false;
                }
            }

            if (claims.Forbids(name, isTrusted))
            {
                (forbidden ??= []).Add(name);
            }
        }

        if (forbidden is not null)
        {
            KeepClaims(context, headers);
            forbidden.ForEach(name => headers.Remove(name));
        }

        RemoveNominated(headers);
        return true;
    }

    // A policy may tell backends of them under another name.
    private static void KeepClaims(HttpContext context, IHeaderDictionary headers)
    {
        var forwardedFor = headers["X-Forwarded-For"];
        var forwardedHost = headers["X-Forwarded-Host"];
        if (forwardedFor.Count > 0 || forwardedHost.Count > 0)
        {
            context.Features.Set(new RemovedClaims(forwardedFor, forwardedHost));
        }
    }

    private static RequestFault CheckMethod(HttpContext context, string method)
    {
        if (HttpMethods.IsTrace(method))
        {
            return RequestFault.Trace;
        }

        if (HttpMethods.IsConnect(method))
        {
            return context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
                ? string.Equals(connect.Protocol, WebSocket, StringComparison.OrdinalIgnoreCase) ? RequestFault.None : RequestFault.UnknownProtocol
                : RequestFault.Ambiguous; // a tunnel, which no route describes
        }

        // Methods are case-sensitive (RFC 9110, 9.1). What forwards would send GET for 'get'.
        return string.Equals(HttpMethods.GetCanonicalizedValue(method), method, StringComparison.Ordinal) ? RequestFault.None : RequestFault.Ambiguous;
    }

    private static RequestFault CheckFraming(IHttpRequestFeature request)
    {
        var coding = request.Headers.TransferEncoding;
        if (coding.Count == 0)
        {
            return RequestFault.None;
        }

        // RFC 9112, 6.1: both lengths together are how requests are smuggled, and HTTP/1.0 knows no codings. Kestrel has moved the length aside.
        if (!HttpProtocol.IsHttp11(request.Protocol)
            || request.Headers.ContentLength is not null
            || request.Headers.ContainsKey("X-Content-Length"))
        {
            return RequestFault.Ambiguous;
        }

        return coding.Count == 1 && string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
            ? RequestFault.None
            : CheckCodings(coding);
    }

    private static RequestFault CheckCodings(StringValues coding)
    {
        var names = coding.ToString().Split(',', StringSplitOptions.TrimEntries);
        return names.Count(static name => name.Equals("chunked", StringComparison.OrdinalIgnoreCase)) == 1 && !names.Contains("") && names.Length > 1
            ? RequestFault.UnknownCoding
            : RequestFault.Ambiguous;
    }

    // RFC 9110, 7.6.1. What frames the message or says where it goes is not for the client to take away.
    private static void RemoveNominated(IHeaderDictionary headers)
    {
        var connection = headers.Connection;
        if (connection.Count == 0)
        {
            return;
        }

        foreach (var value in connection)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var name = value.AsSpan(range).Trim(" \t");
                if (!IsPlain(name))
                {
                    headers.Remove(name.ToString());
                }
            }
        }
    }

    // In HTTP/2 the parts of the request line are headers too (RFC 9113, 8.3); the server knows which there are.
    // Kestrel takes more, in HTTP/2 even line breaks, and HttpClient silently leaves such a header out.
    private static bool IsName(string name) => name.StartsWith(':') || HttpToken.IsToken(name);

    private static bool IsPlain(ReadOnlySpan<char> name)
        => name.IsEmpty || Is(name, "close") || Is(name, "keep-alive") || Is(name, HeaderNames.Upgrade) || Is(name, HeaderNames.Connection)
            || Is(name, HeaderNames.Host) || Is(name, HeaderNames.ContentLength) || Is(name, HeaderNames.TransferEncoding) || Is(name, HeaderNames.TE)
            || name[0] == ':';

    private static bool Is(ReadOnlySpan<char> name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
