using System.Text.RegularExpressions;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about paths as regular expressions, and about the path that backends get.</summary>
internal sealed partial class RewriteBuilder : PolicyBuilder
{
    public const string Target = "rewrite-target";
    public const string UseRegex = "use-regex";
    public const string ForwardedPrefix = "x-forwarded-prefix";

    private string _target = "";
    private string _prefix = "";
    private bool _usesRegex;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<RewriteBuilder>(
            Target,
            AnnotationRisk.Protects,
            "a path or a URL of http or https in letters, digits and '-._~/:', with captures and variables such as '/$1'",
            "The path that backends get instead of the whole path. `$1` to `$9` are captures of the path of the rule. A URL redirects with 302.",
            static (builder, text) => Set(ref builder._target, text)),
        NginxRow.Of<RewriteBuilder>(
            UseRegex,
            AnnotationRisk.Protects,
            "'true' or 'false'",
            "Whether the paths of the host are regular expressions.",
            static (builder, text) => NginxText.TryReadBoolean(text, out builder._usesRegex)),
        NginxRow.Of<RewriteBuilder>(
            ForwardedPrefix,
            AnnotationRisk.Tunes,
            "a path in letters, digits and '-._~/:', with captures and variables",
            "What backends get as `X-Forwarded-Prefix` where `rewrite-target` has an effect.",
            static (builder, text) => Set(ref builder._prefix, text)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (HasFailed)
        {
            return;
        }

        if (_usesRegex || _target.Length > 0)
        {
            var isStrict = context.Dialect.Settings is NginxOptions { Strict: true };
            context.ReadPaths(
                isStrict ? NginxPathReader.Strict : NginxPathReader.Contagious,
                new NginxPaths(_usesRegex, _target),
                _usesRegex ? UseRegex : Target);
        }

        if (_target.Length == 0)
        {
            if (_prefix.Length > 0)
            {
                context.Warn(ForwardedPrefix, $"There is no '{context.Dialect.KeyOf(Target)}', without which it has no effect.");
            }

            return;
        }

        if (!TryParse(_target, out var target, out var problem))
        {
            Refuse(Target, $"It is '{_target}', and {problem}", context);
        }
        else if (IsUrl(_target))
        {
            BuildRedirect(target, context);
        }
        else if (!TryParse(_prefix, out var prefix, out problem))
        {
            Refuse(ForwardedPrefix, $"It is '{_prefix}', and {problem}", context);
            AddRewrite(target, null, context);
        }
        else
        {
            AddRewrite(target, _prefix.Length == 0 ? null : prefix, context);
        }
    }

    private void AddRewrite(PolicyTemplate target, PolicyTemplate? prefix, PolicyContext context)
        => context.Add(new PathRewrite { Target = target, ForwardedPrefix = prefix, ExceptPath = _target, KeepsSlashes = context.KeepsSlashes }, Target);

    // A client chooses the path, and with a capture in the host it would choose where others are sent.
    private void BuildRedirect(PolicyTemplate target, PolicyContext context)
    {
        var end = _target.IndexOf('/', _target.IndexOf("://", StringComparison.Ordinal) + 3);
        var host = end < 0 ? _target : _target[..end];
        if (CaptureSyntax().IsMatch(host))
        {
            Refuse(Target, $"It is '{_target}', and its host must not depend on the path of the request", context);
            return;
        }

        context.Add(new PathRedirect { Target = target, Status = 302 }, Target);
    }

    private static bool TryParse(string text, out PolicyTemplate template, out string problem)
    {
        PolicyTemplate? parsed = null;
        var isTemplate = NginxVariables.TryTranslate(text, out var translated, out problem)
            && PolicyTemplate.TryParseForRoute(translated, out parsed, out problem);
        template = parsed!;
        return isTemplate;
    }

    private static bool Set(ref string field, string text)
    {
        field = text;
        return TargetSyntax().IsMatch(text);
    }

    private static bool IsUrl(string text)
        => text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A/?[-._~a-zA-Z0-9/:$]*\z")]
    private static partial Regex TargetSyntax();

    [GeneratedRegex(@"\$[0-9]|\$(request_)?uri|\$arg|\$cookie|\$http_(?!host)|\$document_uri|\$args|\$query")]
    private static partial Regex CaptureSyntax();
}
