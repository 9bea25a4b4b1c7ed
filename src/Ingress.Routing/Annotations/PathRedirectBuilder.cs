using System.Globalization;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about redirects of paths.</summary>
internal sealed class PathRedirectBuilder : PolicyBuilder
{
    private const string Target = "redirect-target";
    private const string Pattern = "redirect-pattern";
    private const string Host = "redirect-host";
    private const string Scheme = "redirect-scheme";
    private const string Status = "redirect-status";

    private string? _target;
    private PathPattern? _pattern;
    private string? _host;
    private string? _scheme;
    private int? _status;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<PathRedirectBuilder>(
            Target,
            AnnotationRisk.Protects,
            "a path, or a URL of http or https, in the characters of a URL",
            "Where clients are sent instead of to a backend. It may hold captures (`$1`) of `redirect-pattern`, or of the path where `regex-paths` is set, and variables (`${path}`).",
            static (builder, text) =>
            {
                builder._target = text;
                return (text.StartsWith('/') || text.StartsWith('$') || TargetText.IsUrl(text)) && TargetText.IsSendable(text);
            }),
        new Annotation<PathRedirectBuilder>(
            Pattern,
            AnnotationRisk.Protects,
            "a regular expression",
            "Which paths are redirected: a regular expression, anchored at the start of the path. Without it, all paths of the Ingress are.",
            static (builder, text) => PathPattern.TryParse(text, out builder._pattern, out _)),
        new Annotation<PathRedirectBuilder>(
            Host,
            AnnotationRisk.Protects,
            "a host name, with an optional port",
            "The host that clients are sent to.",
            static (builder, text) =>
            {
                builder._host = text;
                return TargetText.IsHost(text);
            }),
        new Annotation<PathRedirectBuilder>(
            Scheme,
            AnnotationRisk.Protects,
            "'http' or 'https'",
            "The scheme that clients are sent to.",
            static (builder, text) =>
            {
                builder._scheme = text;
                return text is "http" or "https";
            }),
        new Annotation<PathRedirectBuilder>(
            Status,
            AnnotationRisk.Tunes,
            "301, 302, 303, 307 or 308",
            "The status of the redirect. The default is 302.",
            static (builder, text) =>
            {
                var isStatus = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                    && status is 301 or 302 or 303 or 307 or 308;
                builder._status = isStatus ? status : PathRedirect.DefaultStatus;
                return isStatus;
            }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed)
        {
            return;
        }

        if (_target is null && _host is null && _scheme is null)
        {
            Refuse(
                _pattern is null ? Status : Pattern,
                $"'{context.Dialect.KeyOf(Target)}' is missing, which says where the redirect leads",
                context);
            return;
        }

        PolicyTemplate? target = null;
        var problem = "";
        if (_target is not null && !(_pattern is null && context.HasPathPatterns
            ? PolicyTemplate.TryParseForRoute(_target, out target, out problem)
            : PolicyTemplate.TryParse(_target, _pattern, out target, out problem)))
        {
            Refuse(Target, $"It is '{_target}', and {problem}", context);
            return;
        }

        if (target is not null && TargetText.IsUrl(target.Text))
        {
            if (!TargetText.HasConstantHost(target, _pattern))
            {
                Refuse(
                    Target,
                    $"It is '{_target}', and its host must not depend on the request, or clients could be sent anywhere. To stay on the host of the "
                    + $"request, write the path here and the scheme in '{context.Dialect.KeyOf(Scheme)}'",
                    context);
                return;
            }

            if ((_host is null ? _scheme is null ? null : Scheme : Host) is { } second)
            {
                Refuse(second, $"'{context.Dialect.KeyOf(Target)}' is a URL, which says it already", context);
                return;
            }
        }
        else if (target is not null && target.LeadingLiteral is not ("" or ['/', ..]))
        {
            Refuse(Target, $"It is '{_target}', and a path must begin with '/'", context);
            return;
        }

        if (_pattern is not null && PolicyPatterns.ProblemOf(_pattern, Pattern, context) is { } reason)
        {
            Refuse(Pattern, reason, context);
            return;
        }

        context.Add(
            new PathRedirect { Target = target, Pattern = _pattern, Host = _host, Scheme = _scheme, Status = _status ?? PathRedirect.DefaultStatus },
            _target is not null ? Target : _host is not null ? Host : Scheme);
    }
}
