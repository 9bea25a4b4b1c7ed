using System.Text.Json;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>One line of a watch: what happened, and the object in JSON.</summary>
internal readonly ref struct WatchEvent
{
    private WatchEvent(WatchEventType type, ReadOnlySpan<byte> json)
    {
        Type = type;
        Json = json;
    }

    public WatchEventType Type { get; }

    /// <summary>The object: of the kind, or a Status when it is an error.</summary>
    public ReadOnlySpan<byte> Json { get; }

    /// <exception cref="JsonException">The line is no event.</exception>
    public static WatchEvent Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        WatchEventType? type = null;
        ReadOnlySpan<byte> json = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A line of the watch is no object.");
        }

        while (JsonValue.NextField(ref reader))
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                type = TypeOf(ref reader);
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isObject && reader.TokenType == JsonTokenType.EndObject)
            {
                json = line[start..(int)reader.BytesConsumed];
            }
        }

        reader.Read(); // what follows the object is an error
        return type is { } known && !json.IsEmpty ? new(known, json) : throw new JsonException("A line of the watch has no type or no object.");
    }

    private static WatchEventType TypeOf(ref Utf8JsonReader reader)
        => reader.ValueTextEquals("MODIFIED"u8) ? WatchEventType.Modified
            : reader.ValueTextEquals("ADDED"u8) ? WatchEventType.Added
            : reader.ValueTextEquals("DELETED"u8) ? WatchEventType.Deleted
            : reader.ValueTextEquals("BOOKMARK"u8) ? WatchEventType.Bookmark
            : reader.ValueTextEquals("ERROR"u8) ? WatchEventType.Error
            : WatchEventType.Unknown;
}
