namespace Ingress.Routing;

/// <summary>The API group and kind of the object that a resource backend names.</summary>
/// <param name="ApiGroup">The API group; null or empty for the core group.</param>
/// <param name="Kind">The kind, compared case-sensitively.</param>
public readonly record struct ResourceKind(string? ApiGroup, string Kind)
{
    /// <inheritdoc />
    public bool Equals(ResourceKind other) => (ApiGroup ?? "") == (other.ApiGroup ?? "") && Kind == other.Kind;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(ApiGroup ?? "", Kind);

    /// <summary>Returns <c>group/kind</c>, or the kind alone for the core group.</summary>
    public override string ToString() => string.IsNullOrEmpty(ApiGroup) ? Kind : $"{ApiGroup}/{Kind}";
}
