using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Writes a request as a JSON object. What is not known is left out.</summary>
internal static class JsonAccessLine
{
    /// <summary>Escapes quotes, control characters and what is no character, and leaves everything else as it is.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Names, numbers, times, and what has a length of its own.
    private const int RestOfALine = 1536;

    private static readonly ConditionalWeakTable<IngressRoute, byte[]> s_routes = [];

    [ThreadStatic]
    private static byte[]? s_second;

    [ThreadStatic]
    private static long s_secondNumber;

    public static void Write(ArrayBufferWriter<byte> line, in AccessEntry entry)
    {
        var record = entry.Record;
        var request = entry.Context.Request;
        var route = entry.Route is null ? [] : RouteOf(record.Match.Route!, entry);
        var size = RestOfALine + route.Length + (JsonBytes.MostForACharacter * (entry.Length + request.Scheme.Length + request.Protocol.Length
            + entry.Context.TraceIdentifier.Length + (record.Reason?.Length ?? 0) + (record.Endpoint?.Length ?? 0)));
        var json = new JsonBytes(line.GetSpan(size));
        json.Raw("{\"time\":\""u8);
        AddTime(ref json, entry.Time);
        json.Raw("\",\"requestId\":\""u8);
        json.Text(entry.Context.TraceIdentifier);
        if (Activity.Current is { } activity && activity.Source.HasListeners())
        {
            json.Raw("\",\"traceId\":\""u8);
            json.Text(activity.TraceId.ToHexString());
        }

        Span<char> client = stackalloc char[72];
        json.Raw("\",\"client\":\""u8);
        json.Text(entry.FormatClient(client));
        json.Raw("\",\"method\":\""u8);
        json.Text(entry.Method);
        json.Raw("\",\"scheme\":\""u8);
        json.Text(request.Scheme);
        json.Raw("\",\"host\":\""u8);
        json.Text(entry.Host);
        json.Raw("\",\"path\":\""u8);
        json.Text(entry.Path);
        AddIfAny(ref json, "\",\"query\":\""u8, entry.Query);
        json.Raw("\",\"protocol\":\""u8);
        json.Text(request.Protocol);
        AddIfAny(ref json, "\",\"reason\":\""u8, record.Reason);
        AddIfAny(ref json, "\",\"endpoint\":\""u8, record.Endpoint);
        AddIfAny(ref json, "\",\"clientRequestId\":\""u8, entry.ClientRequestId);
        AddIfAny(ref json, "\",\"referer\":\""u8, entry.Referer);
        AddIfAny(ref json, "\",\"userAgent\":\""u8, entry.UserAgent);
        json.Raw("\",\"status\":"u8);
        json.Number(record.Status);
        json.Raw(",\"bytesIn\":"u8);
        json.Number(record.RequestBytes);
        json.Raw(",\"bytesOut\":"u8);
        json.Number(record.ResponseBytes);
        AddSeconds(ref json, ",\"seconds\":"u8, record.Duration);
        AddSeconds(ref json, ",\"upstreamSeconds\":"u8, record.Upstream);
        AddSeconds(ref json, ",\"upstreamHeadSeconds\":"u8, record.UpstreamHead);
        AddSeconds(ref json, ",\"queueSeconds\":"u8, record.Queue > TimeSpan.Zero ? record.Queue : null);
        json.Raw(",\"retries\":"u8);
        json.Number(record.Retries);
        json.Raw(",\"generation\":"u8);
        json.Number(record.Generation!.Number);
        json.Raw(route);
        json.Raw("}"u8);
        line.Advance(json.Count);
    }

    // Most requests of a second share it.
    private static void AddTime(ref JsonBytes json, DateTimeOffset time)
    {
        var second = time.UtcTicks / TimeSpan.TicksPerSecond;
        if (s_second is null || s_secondNumber != second)
        {
            Span<char> text = stackalloc char[32];
            s_second = Encoding.ASCII.GetBytes(AccessEntry.Format(time, text, "yyyy-MM-dd'T'HH:mm:ss'.'").ToArray());
            s_secondNumber = second;
        }

        json.Raw(s_second);
        json.Digits((int)(time.UtcTicks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond), 3);
        json.Raw("Z"u8);
    }

    private static void AddIfAny(ref JsonBytes json, scoped ReadOnlySpan<byte> before, scoped ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            json.Raw(before);
            json.Text(text);
        }
    }

    private static void AddSeconds(ref JsonBytes json, scoped ReadOnlySpan<byte> before, TimeSpan? time)
    {
        if (time is { } value)
        {
            json.Raw(before);
            json.Seconds(value);
        }
    }

    // What a route says of itself is the same for all its requests, but for those of another Service of it.
    private static byte[] RouteOf(IngressRoute route, in AccessEntry entry)
    {
        if (entry.ServiceReference is { } service && !ReferenceEquals(service, route.Service) && service != route.Service)
        {
            return WriteRoute(route, service);
        }

        return s_routes.TryGetValue(route, out var known) ? known : s_routes.GetValue(route, static added => WriteRoute(added, added.Service));
    }

    private static byte[] WriteRoute(IngressRoute route, ServiceReference? service)
    {
        var ingress = route.Source.IsConfigured ? "" : route.Source.Name.ToString();
        var text = new StringBuilder();
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("route", route.Id), ("ingress", ingress), ("service", service?.ToString())])
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(CultureInfo.InvariantCulture, $",\"{name}\":\"{Options.Encoder!.Encode(value)}\"");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
