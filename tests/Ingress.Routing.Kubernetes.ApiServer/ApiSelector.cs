using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>What a list or a watch leaves out: by namespace, fields and labels.</summary>
internal sealed class ApiSelector
{
    private readonly string? _namespace;
    private readonly List<(string Path, string Value, bool Negated)> _fields = [];
    private readonly List<(string Key, string? Value, bool Negated)> _labels = [];

    public ApiSelector(ApiResource resource, string? ns, string? fieldSelector, string? labelSelector)
    {
        _namespace = ns;
        foreach (var part in Parts(fieldSelector))
        {
            var (key, value, negated) = Split(part);
            if (key is not ("metadata.name" or "metadata.namespace") && !(resource.Kind == "Secret" && key == "type"))
            {
                throw ApiException.BadRequest($"Unable to find \"{resource.GroupVersion}, Resource={resource.Plural}\" that match label selector \"\", field selector \"{part}\": field label not supported: {key}");
            }

            _fields.Add((key, value ?? "", negated));
        }

        foreach (var part in Parts(labelSelector))
        {
            _labels.Add(Split(part));
        }
    }

    public bool IsEmpty => _fields.Count == 0 && _labels.Count == 0;

    public bool Matches(StoredObject one)
        => (_namespace is null || one.Namespace == _namespace)
            && _fields.TrueForAll(field => (FieldOf(one, field.Path) == field.Value) != field.Negated)
            && _labels.TrueForAll(label => Matches(one, label.Key, label.Value, label.Negated));

    private static string FieldOf(StoredObject one, string path) => path switch
    {
        "metadata.name" => one.Name,
        "metadata.namespace" => one.Namespace ?? "",
        _ => one.Json["type"]?.GetValue<string>() ?? "",
    };

    private static bool Matches(StoredObject one, string key, string? value, bool negated)
    {
        var found = (one.Json["metadata"]?["labels"] as JsonObject)?[key]?.GetValue<string>();
        return (value is null ? found is not null : found == value) != negated;
    }

    private static string[] Parts(string? selector) => selector?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static (string Key, string? Value, bool Negated) Split(string part)
    {
        foreach (var (sign, negated) in (ReadOnlySpan<(string, bool)>)[("!=", true), ("==", false), ("=", false)])
        {
            if (part.Split(sign, 2) is [var key, var value])
            {
                return (key.Trim(), value.Trim(), negated);
            }
        }

        return (part.TrimStart('!'), null, part.StartsWith('!'));
    }
}
