using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about the path that the backend gets.</summary>
internal sealed class PathRewriteBuilder : PolicyBuilder
{
    private const string Target = "rewrite-target";
    private const string Pattern = "rewrite-pattern";
    private const string Prefix = "rewrite-prefix";
    private const string Strip = "strip-prefix";

    private string? _target;
    private PathPattern? _pattern;
    private string? _prefix;
    private bool _strips;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<PathRewriteBuilder>(
            Target,
            AnnotationRisk.Protects,
            "a path without '.' and '..' elements, which may hold captures and variables",
            "The path that the backend gets. It may hold captures (`$1`) of `rewrite-pattern`, or of the path where `regex-paths` is set, variables (`${host}`), and a query, which takes the place of that of the request.",
            static (builder, text) =>
            {
                builder._target = text;
                return (text.StartsWith('/') || text.StartsWith('$')) && IsSendable(text);
            }),
        new Annotation<PathRewriteBuilder>(
            Pattern,
            AnnotationRisk.Protects,
            "a regular expression",
            "Which paths are rewritten: a regular expression, anchored at the start of the path. Others go on unchanged.",
            static (builder, text) => PathPattern.TryParse(text, out builder._pattern, out _)),
        new Annotation<PathRewriteBuilder>(
            Prefix,
            AnnotationRisk.Protects,
            "a path without a query, and without '.' and '..' elements",
            "What takes the place of the path of the rule at the start of the path.",
            static (builder, text) =>
            {
                builder._prefix = text;
                return text.StartsWith('/') && IsSendable(text) && !text.Contains('?', StringComparison.Ordinal);
            }),
        new Annotation<PathRewriteBuilder>(
            Strip,
            AnnotationRisk.Protects,
            "'true' or 'false'",
            "Whether the path of the rule is taken away from the start of the path. The backend is told in `X-Forwarded-Prefix`.",
            static (builder, text) => AnnotationText.TryReadBoolean(text, out builder._strips)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        string?[] asked = [_target is null ? null : Target, _prefix is null ? null : Prefix, _strips ? Strip : null];
        var names = asked.OfType<string>().ToList();
        if (HasFailed || (names.Count == 0 && _pattern is null))
        {
            return;
        }

        if (names.Count == 0)
        {
            Refuse(Pattern, $"'{context.Dialect.KeyOf(Target)}' is missing, which says what the path becomes", context);
        }
        else if (names.Count > 1)
        {
            Refuse(names[1], $"'{context.Dialect.KeyOf(names[0])}' says something else about the path, and only one of them can hold", context);
        }
        else if (_target is null)
        {
            if (_pattern is not null)
            {
                Refuse(Pattern, $"It has a meaning only with '{context.Dialect.KeyOf(Target)}'", context);
                return;
            }

            context.Add(new PathRewrite { Prefix = _prefix ?? "/", ForwardsPrefix = _strips, KeepsSlashes = context.KeepsSlashes }, names[0]);
        }
        else
        {
            BuildTarget(_target, context);
        }
    }

    private void BuildTarget(string text, PolicyContext context)
    {
        if (!(_pattern is null && context.HasPathPatterns
            ? PolicyTemplate.TryParseForRoute(text, out var target, out var problem)
            : PolicyTemplate.TryParse(text, _pattern, out target, out problem)))
        {
            Refuse(Target, $"It is '{text}', and {problem}", context);
        }
        else if (_pattern is not null && PolicyPatterns.ProblemOf(_pattern, Pattern, context) is { } reason)
        {
            Refuse(Pattern, reason, context);
        }
        else
        {
            context.Add(new PathRewrite { Target = target, Pattern = _pattern, KeepsSlashes = context.KeepsSlashes }, Target);
        }
    }

    private static bool IsSendable(string text)
        => TargetText.IsSendable(text) && !text.Contains('#', StringComparison.Ordinal) && !DotElements.AreIn(text.AsSpan(0, text.IndexOf('?') is >= 0 and var query ? query : text.Length));
}
