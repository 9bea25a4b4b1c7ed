using System.Globalization;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Gives plain scalars their types as the API server's YAML library does: YAML 1.1, less what that library leaves out.</summary>
/// <remarks>
/// Measured against a real API server (platform facts, section 4). Base 60 numbers are strings. So are dates, which that library
/// recognises and then hands on as text.
/// </remarks>
internal static class YamlScalars
{
    /// <summary>Resolves an unquoted scalar without a tag.</summary>
    public static ScalarNode Resolve(string text, Position position)
    {
        if (text.Length == 0)
        {
            return new(position, ScalarType.Null, text);
        }

        switch (text[0])
        {
            case 'y' or 'Y' or 't' or 'T' or 'n' or 'N' or 'f' or 'F' or 'o' or 'O' or '~':
                return ResolveWord(text, position);

            case '.' or '+' or '-' or (>= '0' and <= '9'):
                return ResolveNumber(text, position);

            default:
                return new(position, ScalarType.String, text);
        }
    }

    private static ScalarNode ResolveWord(string text, Position position) => text switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON"
            => new(position, ScalarType.Boolean, text, 1),
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF"
            => new(position, ScalarType.Boolean, text),
        "~" or "null" or "Null" or "NULL" => new(position, ScalarType.Null, text),
        _ => new(position, ScalarType.String, text),
    };

    private static ScalarNode ResolveNumber(string text, Position position)
    {
        if (text is ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF")
        {
            return new(position, ScalarType.Number, text);
        }

        var digits = text.Contains('_', StringComparison.Ordinal) ? text.Replace("_", "", StringComparison.Ordinal) : text;
        return YamlNumber.Classify(digits, out var integer) switch
        {
            ScalarType.Integer => new(position, ScalarType.Integer, text, integer),
            ScalarType.Number => new(position, ScalarType.Number, text),
            _ => new(position, ScalarType.String, text),
        };
    }

    /// <summary>Resolves a scalar with one of the tags that YAML defines; any other tag leaves text.</summary>
    /// <exception cref="ManifestSyntaxException">The text is not of the type that the tag claims.</exception>
    public static ScalarNode ResolveTagged(string tag, string text, Position position)
    {
        const string Prefix = "tag:yaml.org,2002:";
        var type = tag.StartsWith(Prefix, StringComparison.Ordinal) ? tag[Prefix.Length..] : "";
        if (type == "binary")
        {
            return new(position, ScalarType.String, YamlBinary.Decode(text, position));
        }

        if (type is not ("bool" or "int" or "float" or "null"))
        {
            return new(position, ScalarType.String, text);
        }

        var scalar = Resolve(text, position);
        var fits = type switch
        {
            "bool" => scalar.Type == ScalarType.Boolean,
            "int" => scalar.Type == ScalarType.Integer,
            "float" => scalar.Type is ScalarType.Integer or ScalarType.Number,
            _ => scalar.Type == ScalarType.Null,
        };
        return fits ? scalar : throw ManifestSyntaxException.Malformed(string.Create(
            CultureInfo.InvariantCulture, $"The value has the tag '!!{type}' and is {scalar.Description}."), position);
    }
}
