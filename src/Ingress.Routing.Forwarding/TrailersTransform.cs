using System.Buffers;
using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Passes the trailers of a response on once its body has come to its end; YARP does not come here when the body breaks off.</summary>
/// <remarks>
/// In place of YARP's own copying. By then the response has begun, and the server would break it off for a single control character. So each of
/// them becomes a blank, as <c>HttpClient</c> makes it of NUL.
/// </remarks>
internal sealed class TrailersTransform : ResponseTrailersTransform
{
    private static readonly SearchValues<char> s_controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static code => (char)code).Where(static character => character != '\t'), '\x7F']);

    // HttpClient leaves out what frames a message. The rest is for the connection to the backend (RFC 9110, 7.6.1).
    private static readonly FrozenSet<string> s_ofConnection = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.Upgrade, HeaderNames.TE);

    public override ValueTask ApplyAsync(ResponseTrailersTransformContext context)
    {
        var feature = context.HttpContext.Features.Get<IHttpResponseTrailersFeature>();
        if (!context.HeadersCopied && context.ProxyResponse is { } response && feature is { Trailers.IsReadOnly: false })
        {
            foreach (var (name, values) in response.TrailingHeaders.NonValidated)
            {
                if (!s_ofConnection.Contains(name))
                {
                    feature.Trailers[name] = Clean(values);
                }
            }

            context.HeadersCopied = true;
        }

        if (feature is Http1Trailers trailers)
        {
            trailers.IsBodyComplete = true;
        }

        return ValueTask.CompletedTask;
    }

    private static StringValues Clean(HeaderStringValues values)
        => values.Count == 1 ? Clean(values.ToString()) : new StringValues([.. values.Select(Clean)]);

    private static string Clean(string value)
        => value.AsSpan().ContainsAny(s_controls)
            ? string.Create(value.Length, value, static (text, value) => value.AsSpan().ReplaceAny(text, s_controls, ' '))
            : value;
}
