using System.Text.Json;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads single values of JSON. The reader stands on the value before, and on its last token after.</summary>
/// <remarks>Null is the same as absent. Another type than the field has is a <see cref="JsonException"/>: the whole object is then not read.</remarks>
internal static class JsonValue
{
    /// <summary>Reads one element of a list; the reader stands on its first token, and is on its last one afterwards.</summary>
    public delegate T Element<out T>(ref Utf8JsonReader reader, StringPool strings);

    public static string? Text(ref Utf8JsonReader reader, StringPool strings) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.ValueIsEscaped || reader.HasValueSequence ? reader.GetString() : strings.Get(reader.ValueSpan),
        _ => throw Unexpected("a string"),
    };

    public static int? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
        _ => throw Unexpected("a whole number of 32 bits"),
    };

    public static long? LongNumber(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
        _ => throw Unexpected("a whole number of 64 bits"),
    };

    public static bool? Truth(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected("a boolean"),
    };

    public static DateTimeOffset? Time(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.TryGetDateTimeOffset(out var time) ? time : null,
        _ => throw Unexpected("a time"),
    };

    /// <summary>Whether the reader stands on the name of this field; it then goes on to its value.</summary>
    public static bool IsField(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>Whether the value is an object, into which the reader goes next; null is none.</summary>
    public static bool IsObject(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.Null => false,
        _ => throw Unexpected("an object"),
    };

    /// <summary>Goes to the value of the next field of an object.</summary>
    /// <returns>False at the end of the object.</returns>
    public static bool NextField(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    public static T[] List<T>(ref Utf8JsonReader reader, StringPool strings, Element<T> read)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected("a list");
        }

        T[]? first = null;
        List<T>? more = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var element = read(ref reader, strings);
            if (first is null)
            {
                first = [element];
            }
            else
            {
                (more ??= [first[0]]).Add(element);
            }
        }

        return more?.ToArray() ?? first ?? [];
    }

    public static string[] Texts(ref Utf8JsonReader reader, StringPool strings)
        => List(ref reader, strings, static (ref Utf8JsonReader element, StringPool pool) => Text(ref element, pool) ?? "");

    /// <summary>Reads a map of strings.</summary>
    /// <param name="leftOut">A key whose value is not kept.</param>
    public static StringMap Map(ref Utf8JsonReader reader, StringPool strings, ReadOnlySpan<byte> leftOut = default)
    {
        if (!IsObject(ref reader))
        {
            return StringMap.Empty;
        }

        var entries = new List<KeyValuePair<string, string>>(4);
        while (NextField(ref reader))
        {
            if (!leftOut.IsEmpty && reader.ValueTextEquals(leftOut))
            {
                reader.Skip();
                continue;
            }

            var key = reader.ValueIsEscaped ? reader.GetString()! : strings.Get(reader.ValueSpan);
            reader.Read();
            entries.Add(new(key, Text(ref reader, strings) ?? ""));
        }

        return entries.Count == 0 ? StringMap.Empty : new([.. entries]);
    }

    /// <summary>Reads a map of bytes in base64.</summary>
    public static Dictionary<string, ReadOnlyMemory<byte>> Data(ref Utf8JsonReader reader, StringPool strings)
    {
        var data = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (IsObject(ref reader))
        {
            while (NextField(ref reader))
            {
                var key = reader.ValueIsEscaped ? reader.GetString()! : strings.Get(reader.ValueSpan);
                reader.Read();
                data[key] = reader.TokenType == JsonTokenType.Null ? default(ReadOnlyMemory<byte>)
                    : reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes
                    : throw Unexpected("base64");
            }
        }

        return data;
    }

    private static JsonException Unexpected(string expected) => new($"A field holds something else than {expected}.");
}
