using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Copies of requests.</summary>
internal static class MirrorAnnotations
{
    private const string Target = "mirror-target";

    // The variables that people use here, in ours. Any other is refused by the template.
    private static readonly (string Nginx, string Ours)[] s_variables =
    [
        ("$request_uri", "${path}${query}"),
        ("$is_args$args", "${query}"),
        ("$uri", "${path}"),
        ("$args", "${args}"),
    ];

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<Builder>(
            Target,
            AnnotationRisk.Tunes,
            "a URL of http or https with a constant host, such as 'https://shadow.example$request_uri'",
            "Where a copy of each request is sent that reaches the backend. A text that is wrong mirrors nowhere.",
            static (builder, text) => (builder.Mirror = Read(text)) is not null || text.Length == 0),
        NginxRow.Of<Builder>(
            "mirror-host",
            AnnotationRisk.Tunes,
            "a host name",
            "The `Host` of the copies. The default is that of the URL, without its port.",
            static (builder, text) =>
            {
                builder.Host = TargetText.IsHost(text) ? text : null;
                return builder.Host is not null;
            }),
        NginxRow.Of<Builder>(
            "mirror-request-body",
            AnnotationRisk.Tunes,
            "'on' or 'off'",
            "Whether the copies have the body of the request. The default is on.",
            static (builder, text) => NginxText.TryReadSwitch(text, out builder.WithBody)),
    ];

    private static Mirror? Read(string text)
    {
        // Ours in its own form would be read as a variable, too.
        if (text.Contains('{', StringComparison.Ordinal))
        {
            return null;
        }

        var translated = s_variables.Aggregate(text, static (url, variable) => url.Replace(variable.Nginx, variable.Ours, StringComparison.Ordinal));
        return PolicyTemplate.TryParse(translated, null, out var template, out _) ? Mirror.To(template!) : null;
    }

    internal sealed class Builder : PolicyBuilder
    {
        public Mirror? Mirror;
        public string? Host;
        public bool? WithBody;

        protected internal override void Build(PolicyContext context)
        {
            if (Mirror is not null)
            {
                context.Add(
                    Mirror with { Host = Host ?? new Uri(Mirror.Target.LeadingLiteral).Host, WithBody = WithBody ?? true },
                    Target);
            }
        }
    }
}
