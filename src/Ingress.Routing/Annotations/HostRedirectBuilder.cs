using Ingress.Routing.Matching;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about redirects that concern the host.</summary>
internal sealed class HostRedirectBuilder : PolicyBuilder
{
    private const string AppRoot = "app-root";
    private const string Www = "www-redirect";

    private AppRootRedirect? _appRoot;
    private WwwRedirect? _www;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<HostRedirectBuilder>(
            AppRoot,
            AnnotationRisk.Tunes,
            "a path other than '/'",
            "Where clients that ask for `/` are sent.",
            static (builder, text) =>
            {
                if (!text.StartsWith('/') || text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.AsSpan().ContainsAny("?#\\"))
                {
                    return false;
                }

                var path = CanonicalPath.Of(text.AsMemory(), keepSlashes: false).ToString();
                builder._appRoot = new(path);
                return path != "/";
            }),
        new Annotation<HostRedirectBuilder>(
            Www,
            AnnotationRisk.Tunes,
            "'to-www' or 'from-www'",
            "Whether clients are sent to the host with `www.` or to the one without. The host that clients are sent to needs a rule.",
            static (builder, text) =>
            {
                builder._www = text switch
                {
                    "to-www" => new(ToWww: true),
                    "from-www" => new(ToWww: false),
                    _ => null,
                };
                return builder._www is not null;
            }),
    ];

    /// <inheritdoc />
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        _appRoot = annotation.Name == AppRoot ? null : _appRoot;
        return base.Fail(annotation, context);
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_appRoot is not null)
        {
            context.Add(_appRoot, AppRoot);
        }

        if (_www is not null)
        {
            context.Add(_www, Www);
            AddOtherNames(_www, context);
        }
    }

    // The name that clients are sent away from needs no rule.
    private static void AddOtherNames(WwwRedirect redirect, PolicyContext context)
    {
        const string Prefix = "www.";
        foreach (var host in context.Hosts.Where(static host => !HostName.IsWildcard(host)))
        {
            var hasPrefix = host.StartsWith(Prefix, StringComparison.Ordinal);
            if (hasPrefix == redirect.ToWww && (hasPrefix ? host[Prefix.Length..] : Prefix + host) is { Length: > 0 } other)
            {
                context.AddHost(other, host, redirect, Www);
            }
        }
    }
}
