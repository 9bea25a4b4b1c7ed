using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about copies of requests.</summary>
internal sealed class MirrorBuilder : PolicyBuilder
{
    private const string Target = "mirror-target";
    private const string Host = "mirror-host";
    private const string Body = "mirror-request-body";

    private Mirror? _mirror;
    private string? _host;
    private bool? _withBody;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<MirrorBuilder>(
            Target,
            AnnotationRisk.Tunes,
            "a URL of http or https with a constant host, such as 'http://shadow.example${path}${query}'",
            "Where a copy of each request is sent that reaches the backend. The answer to it is thrown away.",
            static (builder, text) => PolicyTemplate.TryParse(text, null, out var template, out _) && (builder._mirror = Mirror.To(template!)) is not null),
        new Annotation<MirrorBuilder>(
            Host,
            AnnotationRisk.Tunes,
            "a host name, with an optional port",
            "The `Host` of the copies. The default is the host of `mirror-target`.",
            static (builder, text) =>
            {
                builder._host = TargetText.IsHost(text) ? text : null;
                return builder._host is not null;
            }),
        new Annotation<MirrorBuilder>(
            Body,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether the copies have the body of the request. The default is yes.",
            static (builder, text) =>
            {
                builder._withBody = AnnotationText.TryReadBoolean(text, out var value) ? value : null;
                return builder._withBody is not null;
            }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_mirror is not null)
        {
            context.Add(_mirror with { Host = _host, WithBody = _withBody ?? true }, Target);
        }
        else if ((_host is not null ? Host : _withBody is not null ? Body : null) is { } alone)
        {
            Refuse(alone, $"'{context.Dialect.KeyOf(Target)}' is missing or wrong, which says where copies are sent", context);
        }
    }
}
