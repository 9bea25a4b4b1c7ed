using System.Buffers;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about the requests that the paths of an Ingress take.</summary>
internal sealed class ConditionsBuilder : PolicyBuilder
{
    private const string Lines = "one a line: ";

    // RFC 6265, 4.1.1: no blanks, commas, semicolons, quotes and backslashes.
    private static readonly SearchValues<char> s_cookieValue =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(static c => (char)c).Except("\",;\\")]);

    private static readonly SearchValues<char> s_queryName =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(static c => (char)c).Except("&=#,;")]);

    private readonly List<string> _methods = [];
    private readonly List<RequestCondition> _parts = [];
    private string? _first;
    private bool _areUnknown;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Row(
            "match-methods",
            "methods such as GET, in upper case, with commas between them",
            "The methods of the requests that the paths take.",
            static (builder, text) =>
            {
                var isList = AnnotationText.TryReadList(text, out var methods);
                builder._methods.AddRange(methods);
                return isList && methods.All(static method => HttpToken.IsToken(method) && !method.Any(char.IsAsciiLetterLower));
            }),
        Row(
            "match-headers",
            $"{Lines}'X-Beta: on', or 'X-Beta' for any value; each name once",
            "The headers of the requests that the paths take.",
            static (builder, text) => builder.TryAdd(
                RequestPart.Header, text, ':', static name => HttpToken.IsToken(name), static value => value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'))),
        Row(
            "match-query",
            $"{Lines}'version=2', or 'debug' for any value; not percent-encoded, and each name once",
            "The query parameters of the requests that the paths take.",
            static (builder, text) => builder.TryAdd(
                RequestPart.Query,
                text,
                '=',
                static name => !name.AsSpan().ContainsAnyExcept(s_queryName),
                static value => !value.AsSpan().ContainsAnyExceptInRange('!', '~'))),
        Row(
            "match-cookies",
            $"{Lines}'beta=on', or 'beta' for any value; each name once",
            "The cookies of the requests that the paths take.",
            static (builder, text) => builder.TryAdd(
                RequestPart.Cookie, text, '=', static name => HttpToken.IsToken(name), static value => !value.AsSpan().ContainsAnyExcept(s_cookieValue))),
    ];

    /// <inheritdoc />
    // Taking more requests than was meant would harm other Ingresses, so what remains comes behind all of theirs.
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        _areUnknown = true;
        context.Close(annotation.Name);
        return "Requests for the paths of this Ingress that no other Ingress takes are answered with 503.";
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_areUnknown)
        {
            context.AddUnknownConditions();
        }
        else if (_first is not null)
        {
            context.AddConditions(RouteConditions.Of(_methods, _parts), _first);
        }
    }

    private static Annotation<ConditionsBuilder> Row(string name, string expected, string summary, Func<ConditionsBuilder, string, bool> trySet)
        => new(name, AnnotationRisk.Protects, expected, summary, (builder, text) =>
        {
            builder._first ??= name;
            return trySet(builder, text);
        });

    private bool TryAdd(RequestPart part, string text, char separator, Func<string, bool> isName, Func<string, bool> isValue)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var end = line.IndexOf(separator, StringComparison.Ordinal);
            var name = (end < 0 ? line : line[..end]).TrimEnd();
            var value = end < 0 ? null : line[(end + 1)..].TrimStart();
            if (name.Length == 0 || !isName(name) || (value is not null && !isValue(value)))
            {
                return false;
            }

            var condition = new RequestCondition(part, name, value);
            if (_parts.Exists(other => other.Part == part && other.Name == condition.Name))
            {
                return false;
            }

            _parts.Add(condition);
        }

        return lines.Length > 0;
    }
}
