using System.Buffers;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Writes a line for each request of an Ingress that does not ask for none.</summary>
internal sealed class AccessLogWriter(LineQueue queue, AccessLogFormat format, bool withQuery, TimeProvider time) : IIngressRequestObserver
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_line;

    public void OnCompleted(HttpContext context, IngressRequestRecord record)
    {
        if (record.Match.Route?.Policies.Find<AccessLog>() is { IsOn: false })
        {
            return;
        }

        var line = s_line ??= new(1024);
        line.ResetWrittenCount();
        var entry = new AccessEntry(context, record, time.GetUtcNow(), withQuery);
        if (format == AccessLogFormat.Json)
        {
            JsonAccessLine.Write(line, entry);
        }
        else
        {
            TextAccessLine.Write(line, entry);
        }

        line.Write("\n"u8);
        queue.Post(line.WrittenSpan);
    }
}
