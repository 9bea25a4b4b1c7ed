using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Which requests the paths of an Ingress take, as its annotations of ours say. Slow on purpose.</summary>
internal sealed class ReferenceConditions
{
    private readonly Dictionary<string, string> _texts;

    public ReferenceConditions(IngressResource ingress)
    {
        _texts = new[] { "match-methods", "match-headers", "match-query", "match-cookies" }
            .Where(name => ingress.Metadata.Annotations.ContainsKey("ingress.routing/" + name))
            .ToDictionary(name => name, name => ingress.Metadata.Annotations["ingress.routing/" + name].Trim());
        AreUnknown = _texts.Any(pair => !IsValid(pair.Key, pair.Value));
        Count = AreUnknown ? 0 : _texts.Sum(pair => pair.Key == "match-methods" ? 1 : Lines(pair.Value).Length);
        Identity = AreUnknown ? "unknown" : string.Join(' ', _texts
            .SelectMany(pair => pair.Key == "match-methods"
                ? [$"method {string.Join(' ', Methods(pair.Value).Distinct().Order(StringComparer.Ordinal))}"]
                : Lines(pair.Value).Select(line => (Name: NameIn(pair.Key, line), Value: ValueIn(pair.Key, line))).Select(pair2 => $"{pair.Key} {pair2.Name} {pair2.Value ?? "(any)"}"))
            .Order(StringComparer.Ordinal));
    }

    /// <summary>They cannot be understood.</summary>
    public bool AreUnknown { get; }

    public int Count { get; }

    /// <summary>Equal for equal conditions.</summary>
    public string Identity { get; }

    public bool AreMet(ReferenceRequest request, string query)
        => AreUnknown || _texts.All(pair => pair.Key == "match-methods"
            ? Methods(pair.Value).Contains(request.Method)
            : Lines(pair.Value).All(line => IsMet(NameIn(pair.Key, line), ValueIn(pair.Key, line), ActualOf(pair.Key, NameIn(pair.Key, line), request, query))));

    private static bool IsMet(string name, string? wanted, string? actual) => actual is not null && (wanted is null || wanted == actual);

    private static string? ActualOf(string kind, string name, ReferenceRequest request, string query) => kind switch
    {
        "match-headers" => request.Header(name),
        "match-cookies" => request.Cookie(name),
        _ => query.TrimStart('?').Split('&')
            .Select(parameter => parameter.Split('=', 2))
            .Where(pair => Uri.UnescapeDataString(pair[0]) == name && pair[0] != "")
            .Select(pair => pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "")
            .FirstOrDefault(),
    };

    private static string[] Methods(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    private static string[] Lines(string text)
        => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string NameIn(string kind, string line)
    {
        var name = line.Split(kind == "match-headers" ? ':' : '=', 2)[0].Trim();
        return kind == "match-headers" ? name.ToLowerInvariant() : name;
    }

    private static string? ValueIn(string kind, string line)
        => line.Split(kind == "match-headers" ? ':' : '=', 2) is [_, var value] ? value.Trim() : null;

    // As far as the tests write wrong text.
    private static bool IsValid(string kind, string text) => kind == "match-methods"
        ? Methods(text).All(method => method != "" && method.All(char.IsAsciiLetterUpper))
        : Lines(text).Length > 0
            && Lines(text).All(line => NameIn(kind, line) != "" && (kind != "match-headers" || ValueIn(kind, line) != ""))
            && Lines(text).Select(line => NameIn(kind, line)).Distinct().Count() == Lines(text).Length;
}
