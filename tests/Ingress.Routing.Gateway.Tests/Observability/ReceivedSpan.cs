using System.Globalization;

namespace Ingress.Routing.Gateway.Tests.Observability;

/// <summary>A span as it came by OTLP.</summary>
internal sealed record ReceivedSpan(string TraceId, string SpanId, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Tags)
{
    public const int Server = 2;
    public const int Client = 3;

    public static ReceivedSpan Read(ReadOnlyMemory<byte> message)
    {
        var fields = ProtoField.Read(message).ToList();
        return new(
            Hex(fields, 1),
            Hex(fields, 2),
            Hex(fields, 4),
            fields.Single(static field => field.Number == 5).Text,
            (int)fields.Single(static field => field.Number == 6).Value,
            fields.Where(static field => field.Number == 9).Select(ReadTag).ToDictionary(static tag => tag.Name, static tag => tag.Value, StringComparer.Ordinal));
    }

    private static (string Name, string Value) ReadTag(ProtoField tag)
    {
        var fields = ProtoField.Read(tag.Bytes).ToList();
        var value = ProtoField.Read(fields.Single(static field => field.Number == 2).Bytes).Single();
        return (fields.Single(static field => field.Number == 1).Text, value.Number == 1 ? value.Text : value.Value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Hex(IEnumerable<ProtoField> fields, int number)
        => Convert.ToHexStringLower(fields.FirstOrDefault(field => field.Number == number).Bytes.Span);
}
