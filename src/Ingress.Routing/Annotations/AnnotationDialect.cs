using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ingress.Routing.Annotations;

/// <summary>A set of annotations under one prefix, as a table: what each is called, what it takes, and what it asks for. Immutable.</summary>
/// <remarks>
/// One Ingress can use several dialects. Where two ask for the same policy, the first dialect decides: our own, then those of
/// <see cref="RouteTableOptions.AnnotationDialects"/> in their order.
/// </remarks>
public sealed class AnnotationDialect
{
    private readonly FrozenDictionary<string, Annotation> _byName;
    private readonly FrozenDictionary<Type, int> _builderPositions;
    private readonly FrozenDictionary<Annotation, int> _positions;

    /// <summary>Creates a dialect.</summary>
    /// <param name="name">What the dialect is called on the command line and on pages.</param>
    /// <param name="prefix">The prefix of its annotations, without the slash.</param>
    /// <param name="annotations">The rows; no name twice.</param>
    /// <exception cref="ArgumentException">A text is empty, or a name occurs twice.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public AnnotationDialect(string name, string prefix, params IEnumerable<Annotation> annotations)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentNullException.ThrowIfNull(annotations);

        Name = name;
        Prefix = prefix;
        Annotations = [.. annotations];
        KeyPrefix = prefix + "/";
        var named = Annotations.SelectMany(static annotation => annotation.Aliases.Prepend(annotation.Name), KeyValuePair.Create).ToList();
        if (named.GroupBy(static pair => pair.Value).FirstOrDefault(static group => group.Count() > 1) is { } repeated)
        {
            throw new ArgumentException($"The annotation '{repeated.Key}' occurs twice.", nameof(annotations));
        }

        _byName = named.ToFrozenDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal);
        _positions = Annotations.Index().ToFrozenDictionary(static pair => pair.Item, static pair => pair.Index);
        _builderPositions = Annotations.Select(static annotation => annotation.BuilderType).Distinct().Index()
            .ToFrozenDictionary(static pair => pair.Item, static pair => pair.Index);
    }

    /// <summary>What the dialect is called.</summary>
    public string Name { get; }

    /// <summary>The prefix, without the slash.</summary>
    public string Prefix { get; }

    /// <summary>Its rows, in the order in which they are read.</summary>
    public ImmutableArray<Annotation> Annotations { get; }

    /// <summary>
    /// Beginnings of names of which every unknown one is taken for an annotation that protects, because it can hardly be anything else.
    /// </summary>
    public ImmutableArray<string> ProtectedBeginnings { get; init; } = [];

    /// <summary>
    /// Whether annotations may refer to objects of other namespaces than that of their Ingress. The default is no: every author of an Ingress
    /// in one namespace could use the Secrets of all others.
    /// </summary>
    public bool AllowsOtherNamespaces { get; init; }

    /// <summary>
    /// Names that people write although there is no such annotation, and what to tell them, as a sentence: what to write instead, or why
    /// nothing is needed.
    /// </summary>
    public IReadOnlyDictionary<string, string> Misnomers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What holds for all Ingresses; <see cref="PolicyContext.Settings{T}"/> gives it to builders. Must not change afterwards.</summary>
    public object? Settings { get; init; }

    /// <summary>How TLS is spoken with all hosts about which neither code nor an annotation says anything.</summary>
    public TlsSettings Tls { get; init; } = TlsSettings.None;

    /// <summary>
    /// Makes the builders that run for every Ingress, whether it has one of their annotations or not: for policies that hold by default. What
    /// they make for an Ingress without annotations may depend on <see cref="Settings"/> and <see cref="PolicyContext.HasTls"/> and on nothing
    /// else, because all such Ingresses share it.
    /// </summary>
    public ImmutableArray<Func<PolicyBuilder>> ForEveryIngress { get; init; } = [];

    /// <summary>
    /// Looks at the name behind the prefix and the text of each known annotation before it is read, and says what forbids it, as a sentence
    /// without its full stop. The routes of an Ingress with a forbidden annotation are closed. Null lets all pass.
    /// </summary>
    public Func<string, string, string?>? Forbids { get; init; }

    internal static AnnotationDialect Empty { get; } = new("none", "none");

    internal string KeyPrefix { get; }

    /// <summary>The row of an annotation; null when there is none.</summary>
    /// <param name="name">The name behind the prefix, or an alias of it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public Annotation? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>The whole key of an annotation.</summary>
    /// <param name="name">The name behind the prefix.</param>
    public string KeyOf(string name) => KeyPrefix + name;

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    /// <summary>The rows of some names, each once, in the order of the table. Names without a row are left out.</summary>
    internal IReadOnlyList<Annotation> RowsOf(IEnumerable<string> names)
        => [.. names.Select(_byName.GetValueOrDefault).OfType<Annotation>().Distinct().OrderBy(row => _positions[row])];

    /// <summary>When a builder makes its policies, among those of the dialect: in the order of the rows, and those without rows last.</summary>
    internal int PositionOf(Type builder) => _builderPositions.GetValueOrDefault(builder, int.MaxValue);

    /// <summary>The row that a misspelt name most likely means; null when none is similar.</summary>
    internal Annotation? Resembling(string name) => Spelling.Nearest(name, _byName.Keys) is { } nearest
        ? _byName[nearest]
        : ProtectedBeginnings.FirstOrDefault(beginning => name.StartsWith(beginning, StringComparison.Ordinal)) is { } beginning
            ? Annotations.FirstOrDefault(row => row.Risk == AnnotationRisk.Protects && row.Name.StartsWith(beginning, StringComparison.Ordinal))
            : null;
}
