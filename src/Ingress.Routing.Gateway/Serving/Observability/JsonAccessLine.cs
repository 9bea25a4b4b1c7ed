using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Writes a request as a JSON object. What is not known is left out.</summary>
internal static class JsonAccessLine
{
    /// <summary>Escapes quotes, control characters and what is no character, and leaves everything else as it is.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonEncodedText s_time = Name("time");
    private static readonly JsonEncodedText s_requestId = Name("requestId");
    private static readonly JsonEncodedText s_traceId = Name("traceId");
    private static readonly JsonEncodedText s_client = Name("client");
    private static readonly JsonEncodedText s_method = Name("method");
    private static readonly JsonEncodedText s_scheme = Name("scheme");
    private static readonly JsonEncodedText s_host = Name("host");
    private static readonly JsonEncodedText s_path = Name("path");
    private static readonly JsonEncodedText s_query = Name("query");
    private static readonly JsonEncodedText s_protocol = Name("protocol");
    private static readonly JsonEncodedText s_status = Name("status");
    private static readonly JsonEncodedText s_reason = Name("reason");
    private static readonly JsonEncodedText s_bytesIn = Name("bytesIn");
    private static readonly JsonEncodedText s_bytesOut = Name("bytesOut");
    private static readonly JsonEncodedText s_seconds = Name("seconds");
    private static readonly JsonEncodedText s_upstream = Name("upstreamSeconds");
    private static readonly JsonEncodedText s_upstreamHead = Name("upstreamHeadSeconds");
    private static readonly JsonEncodedText s_queue = Name("queueSeconds");
    private static readonly JsonEncodedText s_route = Name("route");
    private static readonly JsonEncodedText s_ingress = Name("ingress");
    private static readonly JsonEncodedText s_service = Name("service");
    private static readonly JsonEncodedText s_endpoint = Name("endpoint");
    private static readonly JsonEncodedText s_retries = Name("retries");
    private static readonly JsonEncodedText s_generation = Name("generation");
    private static readonly JsonEncodedText s_clientRequestId = Name("clientRequestId");
    private static readonly JsonEncodedText s_referer = Name("referer");
    private static readonly JsonEncodedText s_userAgent = Name("userAgent");

    public static void Write(Utf8JsonWriter json, in AccessEntry entry)
    {
        Span<char> buffer = stackalloc char[72];
        var record = entry.Record;
        var request = entry.Context.Request;
        json.WriteStartObject();
        json.WriteString(s_time, entry.FormatTime(buffer, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        json.WriteString(s_requestId, entry.Context.TraceIdentifier);
        if (Activity.Current is { } activity && activity.Source.HasListeners())
        {
            json.WriteString(s_traceId, activity.TraceId.ToHexString());
        }

        json.WriteString(s_client, entry.FormatClient(buffer));
        json.WriteString(s_method, entry.Method);
        json.WriteString(s_scheme, request.Scheme);
        json.WriteString(s_host, entry.Host);
        json.WriteString(s_path, entry.Path);
        WriteIfAny(json, s_query, entry.Query);
        json.WriteString(s_protocol, request.Protocol);
        json.WriteNumber(s_status, record.Status);
        WriteIfAny(json, s_reason, record.Reason);
        json.WriteNumber(s_bytesIn, record.RequestBytes);
        json.WriteNumber(s_bytesOut, record.ResponseBytes);
        WriteSeconds(json, s_seconds, record.Duration);
        if (record.Upstream is { } upstream)
        {
            WriteSeconds(json, s_upstream, upstream);
        }

        if (record.UpstreamHead is { } head)
        {
            WriteSeconds(json, s_upstreamHead, head);
        }

        if (record.Queue > TimeSpan.Zero)
        {
            WriteSeconds(json, s_queue, record.Queue);
        }

        WriteIfAny(json, s_route, entry.Route);
        WriteIfAny(json, s_ingress, entry.Ingress);
        WriteIfAny(json, s_service, entry.Service);
        WriteIfAny(json, s_endpoint, record.Endpoint);
        json.WriteNumber(s_retries, record.Retries);
        json.WriteNumber(s_generation, record.Generation!.Number);
        WriteIfAny(json, s_clientRequestId, entry.ClientRequestId);
        WriteIfAny(json, s_referer, entry.Referer);
        WriteIfAny(json, s_userAgent, entry.UserAgent);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteIfAny(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<char> value)
    {
        if (!value.IsEmpty)
        {
            json.WriteString(name, value);
        }
    }

    // In microseconds, which is as far as anybody looks.
    private static void WriteSeconds(Utf8JsonWriter json, JsonEncodedText name, TimeSpan time)
        => json.WriteNumber(name, new decimal((int)Math.Min(time.Ticks / TimeSpan.TicksPerMicrosecond, int.MaxValue), 0, 0, false, 6));

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);
}
