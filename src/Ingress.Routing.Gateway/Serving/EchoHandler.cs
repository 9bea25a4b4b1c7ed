using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Stands in for a Service port: answers each request with what the Service would have received.</summary>
/// <remarks>Thread-safe. The body of the request is read as a backend would read it, counted and dropped.</remarks>
internal sealed class EchoHandler(ServiceReference service) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new CountingStream();
        if (request.Content is not null)
        {
            // Not ReadAsStream, which would keep the whole body first.
            await request.Content.CopyToAsync(body, cancellationToken);
        }

        var description = Describe(request, body.BytesWritten);
        var content = new ByteArrayContent(description);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentLength = description.Length; // set, because only headers that are set are copied; else the answer is chunked
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = content };
    }

    private byte[] Describe(HttpRequestMessage request, long bodyBytes)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("service", service.Name.ToString());
            WritePort(json);
            json.WriteString("method", request.Method.Method);
            json.WriteString("target", request.RequestUri!.PathAndQuery);
            json.WriteStartObject("headers");
            WriteHeaders(json, request.Headers);
            if (request.Content is not null)
            {
                WriteHeaders(json, request.Content.Headers);
            }

            json.WriteEndObject();
            json.WriteNumber("bodyBytes", bodyBytes);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void WritePort(Utf8JsonWriter json)
    {
        if (service.Port.Number is { } number and not 0)
        {
            json.WriteNumber("port", number);
        }
        else
        {
            json.WriteString("port", service.Port.Name);
        }
    }

    // As they were set: a validating read would parse and rewrite values.
    private static void WriteHeaders(Utf8JsonWriter json, HttpHeaders headers)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            json.WriteString(name, TextOf(values.ToString()));
        }
    }

    // Values are bytes, one for each character. Most that are not ASCII are meant as UTF-8.
    private static string TextOf(string value)
    {
        if (Ascii.IsValid(value))
        {
            return value;
        }

        var bytes = Encoding.Latin1.GetBytes(value);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }
}
