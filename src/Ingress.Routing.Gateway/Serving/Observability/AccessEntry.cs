using System.Globalization;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>What both forms of the access log say of a request: what a client has sent, cut to a length that one line can bear.</summary>
internal readonly ref struct AccessEntry
{
    private const int LongestPath = 2048;
    private const int LongestHeader = 512;

    public AccessEntry(HttpContext context, IngressRequestRecord record, DateTimeOffset time, bool withQuery)
    {
        Context = context;
        Record = record;
        Time = time;
        var request = context.Request;
        var route = record.Match.Route;
        var (path, query) = Split(context, record);
        Path = Cut(path, LongestPath);
        Query = withQuery ? Cut(query, LongestPath) : default;
        Host = Cut(request.Headers.Host.ToString(), LongestHeader);
        Method = Cut(request.Method, 32);
        UserAgent = Cut(request.Headers.UserAgent.ToString(), LongestHeader);
        ClientRequestId = Cut(request.Headers["X-Request-ID"].ToString(), 128);
        var referer = request.Headers.Referer.ToString().AsSpan();
        Referer = Cut(withQuery || referer.IndexOf('?') is not (>= 0 and var end) ? referer : referer[..end], LongestHeader);
        Route = route?.Id;
        ServiceReference = context.GetIngressMatch()?.Service ?? route?.Service;
    }

    public HttpContext Context { get; }

    public IngressRequestRecord Record { get; }

    public DateTimeOffset Time { get; }

    public ReadOnlySpan<char> Method { get; }

    public ReadOnlySpan<char> Host { get; }

    /// <summary>The canonical path; of a request that has none, the path as it was sent.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>The query with its question mark, where it is wanted.</summary>
    public ReadOnlySpan<char> Query { get; }

    public ReadOnlySpan<char> UserAgent { get; }

    public ReadOnlySpan<char> Referer { get; }

    public ReadOnlySpan<char> ClientRequestId { get; }

    public string? Route { get; }

    public ServiceReference? ServiceReference { get; }

    /// <summary>How many characters of what the client has sent are written.</summary>
    public int Length => Method.Length + Host.Length + Path.Length + Query.Length + UserAgent.Length + Referer.Length + ClientRequestId.Length;

    /// <summary>Writes the address of the client.</summary>
    /// <param name="buffer">For 65 characters.</param>
    public ReadOnlySpan<char> FormatClient(Span<char> buffer)
    {
        if (Context.Connection.RemoteIpAddress is not { } address || !address.TryFormat(buffer, out var written))
        {
            return "-";
        }

        ReadOnlySpan<char> text = buffer[..written];
        return address.IsIPv4MappedToIPv6 && text.StartsWith("::ffff:", StringComparison.OrdinalIgnoreCase) ? text["::ffff:".Length..] : text;
    }

    /// <summary>Writes a time.</summary>
    /// <param name="buffer">For 32 characters.</param>
    public static ReadOnlySpan<char> Format(DateTimeOffset time, Span<char> buffer, string format)
    {
        time.TryFormat(buffer, out var written, format, CultureInfo.InvariantCulture);
        return buffer[..written];
    }

    private static (ReadOnlyMemory<char> Path, ReadOnlyMemory<char> Query) Split(HttpContext context, IngressRequestRecord record)
    {
        if (!record.Match.Path.IsEmpty)
        {
            return (record.Match.Path, record.Match.Query);
        }

        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? (target.AsMemory(), default) : (target.AsMemory(0, query), target.AsMemory(query));
    }

    private static ReadOnlySpan<char> Cut(ReadOnlyMemory<char> text, int most) => Cut(text.Span, most);

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, int most) => text.Length > most ? text[..most] : text;
}
