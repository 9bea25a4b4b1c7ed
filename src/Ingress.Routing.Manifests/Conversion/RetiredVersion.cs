using Ingress.Routing.Manifests.Binding;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Conversion;

/// <summary>Objects of versions that API servers no longer serve, turned into what the last one that did would have stored.</summary>
/// <remarks>
/// Each value keeps its place in the file, so that whatever is said about the new object points at the old one. A field that the old version
/// did not have is dropped, as its API server did.
/// </remarks>
internal sealed class RetiredVersion(ObjectReport report)
{
    private const string Implementation = "ImplementationSpecific";
    private const string SpellingOfV1 = "It is the spelling of networking.k8s.io/v1; write that apiVersion.";

    private static readonly string[] s_specFields = ["ingressClassName", "backend", "rules", "tls"];
    private static readonly string[] s_backendFields = ["serviceName", "servicePort", "resource"];

    private readonly SortedSet<string> _changes = new(StringComparer.Ordinal);

    /// <summary>What became of the fields, in short sentences.</summary>
    public IReadOnlyCollection<string> Changes => _changes;

    /// <summary>The Kubernetes version that stopped serving a version of a kind; null for all that cannot be converted.</summary>
    public static string? RefusedSince(string kind, string apiVersion) => (kind, apiVersion) switch
    {
        ("Ingress", "extensions/v1beta1" or "networking.k8s.io/v1beta1") or ("IngressClass", "networking.k8s.io/v1beta1") => "1.22",
        ("EndpointSlice", "discovery.k8s.io/v1beta1") => "1.25",
        _ => null,
    };

    /// <summary>Converts an object for which <see cref="RefusedSince"/> knows an answer.</summary>
    public MappingNode Convert(MappingNode node, string kind)
    {
        var version = KnownKind.ApiVersionOf(kind)!;
        return Map(node, entry => entry.Key switch
        {
            "apiVersion" => entry with { Value = Text(entry.Value.Position, version) },
            _ when kind == "Ingress" && Is(entry, "spec") && entry.Value is MappingNode spec
                => entry with { Value = ConvertSpec(spec, FieldPath.Root.Field("spec")) },
            _ => entry,
        });
    }

    private MappingNode ConvertSpec(MappingNode spec, FieldPath path)
        => Map(spec, path, s_specFields, entry =>
        {
            if (Is(entry, "backend"))
            {
                _changes.Add("'spec.backend' became 'spec.defaultBackend'");
                return new("defaultBackend", entry.KeyPosition, ConvertBackend(entry.Value, path.Field("defaultBackend")));
            }

            return Is(entry, "rules") && entry.Value is SequenceNode rules ? entry with { Value = Map(rules, path.Field("rules"), ConvertRule) } : entry;
        });

    private MappingNode ConvertRule(MappingNode rule, FieldPath path)
        => Map(rule, entry => Is(entry, "http") && entry.Value is MappingNode http
            ? entry with { Value = ConvertHttp(http, path.Field("http")) }
            : entry);

    private MappingNode ConvertHttp(MappingNode http, FieldPath path)
        => Map(http, entry => Is(entry, "paths") && entry.Value is SequenceNode paths
            ? entry with { Value = Map(paths, path.Field("paths"), ConvertPath) }
            : entry);

    private MappingNode ConvertPath(MappingNode written, FieldPath path)
    {
        var converted = new MappingNode(written.Position);
        var isTyped = written.TryFind("pathType", out var type) && type.Value is not ScalarNode { Type: ScalarType.Null };
        foreach (var entry in written.Entries)
        {
            if (!isTyped && Is(entry, "pathType"))
            {
                continue;
            }

            converted.Set(Is(entry, "backend") ? entry with { Value = ConvertBackend(entry.Value, path.Field("backend")) } : entry);
            if (!isTyped && Is(entry, "path"))
            {
                AddType(entry.KeyPosition);
            }
        }

        if (!isTyped && !converted.TryFind("pathType", out _))
        {
            AddType(written.Position);
        }

        return converted;

        void AddType(Position position)
        {
            _changes.Add($"'pathType: {Implementation}' was added");
            converted.Set(new("pathType", position, Text(position, Implementation)));
        }
    }

    private ManifestNode ConvertBackend(ManifestNode node, FieldPath path)
    {
        if (node is not MappingNode written)
        {
            return node;
        }

        var name = Find(written, "serviceName");
        var port = Find(written, "servicePort");
        var service = new MappingNode((name ?? port)?.KeyPosition ?? written.Position);
        if (name is { } named)
        {
            service.Set(new("name", named.KeyPosition, named.Value));
        }

        if (port is { } numbered)
        {
            service.Set(new("port", numbered.KeyPosition, ConvertPort(numbered, path)));
        }

        var converted = Map(written, path, s_backendFields, entry => entry);
        var isService = IsGiven(name) || IsGiven(port);
        var backend = new MappingNode(written.Position);
        foreach (var entry in converted.Entries)
        {
            if (Is(entry, "resource"))
            {
                backend.Set(entry);
            }
            else if (isService && backend.FindExact("service") is null)
            {
                _changes.Add("'serviceName' and 'servicePort' became 'service'");
                backend.Set(new("service", service.Position, service));
            }
        }

        return backend;
    }

    // A whole number is a number, also where it is written as one; text is a name, also where it is digits in quotes.
    private MappingNode ConvertPort(MappingEntry entry, FieldPath backend)
    {
        var port = new MappingNode(entry.KeyPosition);
        switch (entry.Value)
        {
            case ScalarNode { Type: ScalarType.Integer }:
                port.Set(new("number", entry.KeyPosition, entry.Value));
                break;

            case ScalarNode { Type: ScalarType.String }:
                port.Set(new("name", entry.KeyPosition, entry.Value));
                break;

            default:
                report.WrongType(backend.Field("servicePort"), entry, "a port number, or the name of a port,");
                break;
        }

        return port;
    }

    private static bool IsGiven(MappingEntry? entry)
        => entry?.Value is not (null or ScalarNode { Type: ScalarType.String, Text.Length: 0 } or ScalarNode { Type: ScalarType.Integer, Integer: 0 });

    private static MappingEntry? Find(MappingNode node, string field)
        => node.TryFind(field, out var entry) && entry.Value is not ScalarNode { Type: ScalarType.Null } ? entry : null;

    private MappingNode Map(MappingNode node, FieldPath path, string[] known, Func<MappingEntry, MappingEntry> convert)
    {
        var kept = new MappingNode(node.Position);
        foreach (var entry in node.Entries)
        {
            if (known.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            {
                kept.Set(entry);
            }
            else
            {
                report.UnknownField(path.Field(entry.Key), entry.KeyPosition, entry.Key is "service" or "defaultBackend" ? SpellingOfV1 : null, dropsRoutes: false);
            }
        }

        return Map(kept, convert);
    }

    private static MappingNode Map(MappingNode node, Func<MappingEntry, MappingEntry> convert)
    {
        var converted = new MappingNode(node.Position);
        foreach (var entry in node.Entries)
        {
            converted.Set(convert(entry));
        }

        return converted;
    }

    private static SequenceNode Map(SequenceNode items, FieldPath path, Func<MappingNode, FieldPath, MappingNode> convert)
    {
        var converted = new SequenceNode(items.Position);
        for (var i = 0; i < items.Items.Count; i++)
        {
            converted.Add(items.Items[i] is MappingNode item ? convert(item, path.Item(i)) : items.Items[i]);
        }

        return converted;
    }

    private static bool Is(MappingEntry entry, string field) => entry.Key.Equals(field, StringComparison.OrdinalIgnoreCase);

    private static ScalarNode Text(Position position, string text) => new(position, ScalarType.String, text);
}
