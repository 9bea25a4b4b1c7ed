using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Compilation;

namespace Ingress.Routing;

/// <summary>The namespace and name that identify a namespaced Kubernetes object.</summary>
/// <remarks>
/// A missing or empty namespace means <c>default</c> (D4), as <c>kubectl</c> reads it. The value <c>default(NamespacedName)</c>
/// identifies nothing: its <see cref="Name"/> is empty. Immutable, and safe to use from several threads.
/// </remarks>
public readonly record struct NamespacedName : IParsable<NamespacedName>
{
    /// <summary>The namespace of an object that names none.</summary>
    public const string DefaultNamespace = "default";

    private readonly string? _namespace;
    private readonly string? _name;

    /// <summary>Creates an identity.</summary>
    /// <param name="namespace">The namespace; null or empty for <c>default</c>.</param>
    /// <param name="name">The name; null is kept as the empty string, which no valid object has.</param>
    public NamespacedName(string? @namespace, string? name)
    {
        _namespace = string.IsNullOrEmpty(@namespace) ? DefaultNamespace : @namespace;
        _name = name;
    }

    /// <summary>Compares <c>namespace/name</c> as text, the last tie-breaker between Ingresses of the same age (D6a).</summary>
    /// <remarks>
    /// The joined text decides, byte by byte, not the two parts one after the other: <c>team-a/x</c> sorts before
    /// <c>team/x</c>, because '-' sorts before '/'.
    /// </remarks>
    public static Comparer<NamespacedName> Ordinal { get; } =
        Comparer<NamespacedName>.Create(static (x, y) => string.CompareOrdinal(x.ToString(), y.ToString()));

    /// <summary>The namespace, never empty.</summary>
    public string Namespace => _namespace ?? DefaultNamespace;

    /// <summary>The name as written; empty when the object has none.</summary>
    public string Name => _name ?? "";

    /// <inheritdoc />
    public bool Equals(NamespacedName other) => Namespace == other.Namespace && Name == other.Name;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Namespace, Name);

    /// <summary>Reads <c>namespace/name</c>, or a name of the namespace <c>default</c>.</summary>
    /// <param name="s">The text. Both names must be what the API server accepts.</param>
    /// <param name="provider">Not used: the format is the same everywhere.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="FormatException">The text is malformed; the message says where, and what is expected.</exception>
    public static NamespacedName Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return ReferenceSyntax.Read(s, out NamespacedName result) is { } problem ? throw new FormatException(problem) : result;
    }

    /// <summary>Reads <c>namespace/name</c>, or a name of the namespace <c>default</c>.</summary>
    /// <param name="s">The text. Both names must be what the API server accepts.</param>
    /// <param name="provider">Not used: the format is the same everywhere.</param>
    /// <param name="result">The identity; <c>default</c> when there is none.</param>
    /// <returns>False when the text is null or malformed.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out NamespacedName result)
    {
        result = default;
        return s is not null && ReferenceSyntax.Read(s, out result) is null;
    }

    /// <summary>Returns <c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
