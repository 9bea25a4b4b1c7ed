namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about paths that are regular expressions.</summary>
internal sealed class RegexPathsBuilder : PolicyBuilder
{
    public const string Name = "regex-paths";

    private bool _areRegexes;

    /// <summary>The rows of our own dialect. They come before those of policies with captures.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<RegexPathsBuilder>(
            Name,
            AnnotationRisk.Protects,
            "'true' or 'false'",
            "Whether the ImplementationSpecific paths of this Ingress are regular expressions, anchored at the start of the path.",
            static (builder, text) => AnnotationText.TryReadBoolean(text, out builder._areRegexes)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_areRegexes && !HasFailed)
        {
            context.ReadPaths(RegexPathReader.Instance, null, Name);
        }
    }

    /// <summary>Reads the paths of one Ingress (D26).</summary>
    private sealed class RegexPathReader : PathReader
    {
        public static readonly RegexPathReader Instance = new();

        public override PathReading? Read(HostPath path)
        {
            ArgumentNullException.ThrowIfNull(path);
            return path.Type != PathType.ImplementationSpecific ? null
                : PathPattern.TryParse(path.Text, out var pattern, out var problem) ? new() { Pattern = pattern }
                : new() { Problem = problem };
        }
    }
}
