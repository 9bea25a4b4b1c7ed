using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Compares a settings file with the type that it is read into, and says in the words of its author what does not fit.</summary>
/// <remarks>The serializer itself answers with names of .NET types and with offsets in bytes.</remarks>
internal sealed class SettingsCheck
{
    private readonly byte[] _json;

    private SettingsCheck(string text)
    {
        _json = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Checks a text.</summary>
    /// <exception cref="SettingsException">It does not fit; the message begins with line and column.</exception>
    public static void Check(string text, JsonTypeInfo type)
    {
        var check = new SettingsCheck(text);
        var reader = new Utf8JsonReader(
            check._json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                throw check.Fail(0, "The file is empty. An object is expected, such as { \"failOn\": \"warning\" }.");
            }

            reader.Read();
            check.CheckValue(ref reader, type, "the file");
            reader.Read(); // what follows the object is an error of its own
        }
        catch (JsonException exception)
        {
            throw new SettingsException($"{PlaceOf(exception, check._json)}: This is not JSON: {Reason(exception)}");
        }
    }

    private void CheckValue(ref Utf8JsonReader reader, JsonTypeInfo type, string name)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                Expect(reader, JsonTokenType.StartObject, name, "an object: { ... }");
                CheckMembers(ref reader, type, name);
                break;

            case JsonTypeInfoKind.Enumerable:
                Expect(reader, JsonTokenType.StartArray, name, "a list: [ ... ]");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    CheckValue(ref reader, type.Options.GetTypeInfo(type.ElementType!), $"an item of {name}");
                }

                break;

            default:
                CheckScalar(reader, Nullable.GetUnderlyingType(type.Type) ?? type.Type, name);
                break;
        }
    }

    private void CheckMembers(ref Utf8JsonReader reader, JsonTypeInfo type, string name)
    {
        var start = reader.TokenStartIndex;
        var missing = type.Properties.Where(static property => property.IsRequired).Select(static property => property.Name).ToHashSet();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString()!;
            if (type.Properties.FirstOrDefault(property => property.Name == member) is not { } property)
            {
                throw Fail(reader.TokenStartIndex, Unknown(member, [.. type.Properties.Select(static property => property.Name)], name));
            }

            if (!seen.Add(member))
            {
                throw Fail(reader.TokenStartIndex, $"'{member}' is given twice.");
            }

            missing.Remove(member);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null || (property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null))
            {
                CheckValue(ref reader, type.Options.GetTypeInfo(property.PropertyType), $"'{member}'");
            }
        }

        if (missing.Count > 0)
        {
            throw Fail(start, $"The member '{missing.Order(StringComparer.Ordinal).First()}' is missing in {name}.");
        }
    }

    private void CheckScalar(in Utf8JsonReader reader, Type type, string name)
    {
        if (type.IsEnum)
        {
            string[] names = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
            var allowed = string.Join(", ", names.Select(static item => $"\"{item}\""));
            Expect(reader, JsonTokenType.String, name, $"one of {allowed}");
            if (!names.Contains(reader.GetString(), StringComparer.OrdinalIgnoreCase))
            {
                var hint = NearestName.Of(reader.GetString()!, names) is { } near ? $" Did you mean \"{near}\"?" : "";
                throw Fail(reader.TokenStartIndex, $"{Upper(name)} is {Shown(reader)}, and must be one of {allowed}.{hint}");
            }
        }
        else if (type == typeof(bool))
        {
            if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            {
                throw Unexpected(reader, name, "true or false");
            }
        }
        else if (type == typeof(int))
        {
            Expect(reader, JsonTokenType.Number, name, "a whole number");
            if (!reader.TryGetInt32(out _))
            {
                throw Unexpected(reader, name, "a whole number");
            }
        }
        else
        {
            Expect(reader, JsonTokenType.String, name, "a text in quotes");
        }
    }

    private void Expect(in Utf8JsonReader reader, JsonTokenType token, string name, string expected)
    {
        if (reader.TokenType != token)
        {
            throw Unexpected(reader, name, expected);
        }
    }

    private SettingsException Unexpected(in Utf8JsonReader reader, string name, string expected)
        => Fail(reader.TokenStartIndex, $"{Upper(name)} is {Shown(reader)}, and must be {expected}.");

    private SettingsException Fail(long offset, string message)
    {
        var before = Encoding.UTF8.GetString(_json.AsSpan(0, (int)offset));
        var line = before.Count(static character => character == '\n') + 1;
        return new($"line {line}, column {before.Length - before.LastIndexOf('\n')}: {message}");
    }

    private static string Unknown(string member, string[] known, string name)
    {
        var hint = NearestName.Of(member, known) is { } near
            ? $"Did you mean '{near}'?"
            : $"It may have {string.Join(", ", known.Select(static item => $"'{item}'"))}.";
        return name == "the file" ? $"There is no setting '{member}'. {hint}" : $"There is no member '{member}' in {name}. {hint}";
    }

    private static string Shown(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Null => "null",
        JsonTokenType.String => $"\"{reader.GetString()}\"",
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    // The reader counts lines from 0, and bytes.
    private static string PlaceOf(JsonException exception, byte[] json)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var lines = Encoding.UTF8.GetString(json).Split('\n');
        var text = Encoding.UTF8.GetBytes(line < lines.Length ? lines[line] : "");
        var bytes = (int)Math.Min(exception.BytePositionInLine ?? 0, text.Length);
        return $"line {line + 1}, column {Encoding.UTF8.GetCharCount(text.AsSpan(0, bytes)) + 1}";
    }

    private static string Reason(JsonException exception)
    {
        var message = exception.Message;
        foreach (var end in (string[])[" LineNumber:", " Path:", " Change the reader options.", ", when isFinalBlock"])
        {
            message = message.Split(end)[0];
        }

        return message.TrimEnd();
    }
}
