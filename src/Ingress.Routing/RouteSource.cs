using Ingress.Routing.Model;

namespace Ingress.Routing;

/// <summary>Where a route comes from: a field of an object. The configured default backend comes from no object.</summary>
/// <remarks>
/// Immutable. Two are equal when they are the same field of the same version of an object. The object itself is not to be had here: what
/// matters of it behind the compiler is data of the route.
/// </remarks>
public readonly struct RouteSource : IEquatable<RouteSource>
{
    private const int None = -1;
    private const int Host = int.MaxValue; // behind all paths

    // Only for its name and place, and to tell versions apart. Records compare their content, which is both slow and not meant.
    private readonly KubernetesResource? _object;
    private readonly int _rule;
    private readonly int _path;

    private RouteSource(KubernetesResource @object, int rule, int path)
    {
        _object = @object;
        _rule = rule;
        _path = path;
    }

    /// <summary>Whether it is no object, but the default backend that the application configured.</summary>
    public bool IsConfigured => _object is null;

    /// <summary>The object; <c>default</c> for the configured default backend.</summary>
    public ResourceReference Resource => _object?.Reference ?? default;

    /// <summary>The namespace and name of the object; <c>default</c> for the configured default backend.</summary>
    public NamespacedName Name => _object?.Name ?? default;

    /// <summary>The field, such as <c>spec.rules[0].http.paths[1]</c>; empty for the configured default backend.</summary>
    // Made when it is asked for: there is one of these for each path.
    public string Field => _object is null ? "" : _rule == None ? "spec.defaultBackend" : _path == Host ? $"spec.rules[{_rule}].host" : $"spec.rules[{_rule}].http.paths[{_path}]";

    /// <summary>Where the field was written; null when it came from no file.</summary>
    public SourceLocation? Location => _object?.Origin?.Locate(Field);

    /// <summary>Names the field in short, see <see cref="IngressRoute.Id"/>.</summary>
    internal string Id => _object is null ? "default" : _rule == None ? $"{Name}/default" : _path == Host ? $"{Name}/{_rule}/host" : $"{Name}/{_rule}/{_path}";

    /// <summary>Orders the routes of one object as they are written, its default backend first.</summary>
    internal (int Rule, int Path) Position => (_rule, _path);

    /// <summary>Whether two are equal.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(RouteSource left, RouteSource right) => left.Equals(right);

    /// <summary>Whether two are not equal.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(RouteSource left, RouteSource right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(RouteSource other) => IsOf(other._object) && _rule == other._rule && _path == other._path;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is RouteSource other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(ReferenceEqualityComparer.Instance.GetHashCode(_object), _rule, _path);

    /// <summary>Returns <c>Ingress namespace/name</c>, or what is configured.</summary>
    public override string ToString() => _object is null ? "configuration" : $"{_object.Kind} {Name}";

    /// <summary>A path of an Ingress.</summary>
    internal static RouteSource OfPath(IngressResource ingress, int rule, int path) => new(ingress, rule, path);

    /// <summary>The host of a rule, for what annotations add to it.</summary>
    internal static RouteSource OfHost(IngressResource ingress, int rule) => new(ingress, rule, Host);

    /// <summary>The default backend of an Ingress.</summary>
    internal static RouteSource OfDefaultBackend(IngressResource ingress) => new(ingress, None, None);

    /// <summary>Whether it is a field of this version of an object; null for what is configured.</summary>
    internal bool IsOf(KubernetesResource? resource) => ReferenceEquals(_object, resource);

    /// <summary>Whether it is a field of one of these versions of Ingresses.</summary>
    internal bool IsOfAny(HashSet<IngressResource> ingresses) => _object is IngressResource ingress && ingresses.Contains(ingress);

    /// <summary>Whether it is the host of a rule, to which annotations added something.</summary>
    internal bool IsOfHost => _path == Host;

    /// <summary>Whether both are fields of the same object.</summary>
    internal bool IsSameObjectAs(RouteSource other) => IsOf(other._object);

    /// <summary>Where a part of the field was written, such as <c>backend</c>; null when it came from no file.</summary>
    internal SourceLocation? LocationOf(string part) => _object?.Origin?.Locate(FieldOf(part));

    /// <summary>A part of the field. A default backend is its own backend.</summary>
    internal string FieldOf(string part) => _rule == None || _path == Host ? Field : $"{Field}.{part}";
}
