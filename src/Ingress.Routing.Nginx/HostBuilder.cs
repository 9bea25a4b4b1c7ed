using System.Text.RegularExpressions;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about hosts: other names, redirects between names, and the root of the application.</summary>
internal sealed partial class HostBuilder : PolicyBuilder
{
    private const string AppRoot = "app-root";
    private const string Alias = "server-alias";
    private const string Www = "from-to-www-redirect";
    private const string Prefix = "www.";

    private readonly List<string> _aliases = [];
    private string? _appRoot;
    private bool _redirectsWww;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<HostBuilder>(
            Alias,
            AnnotationRisk.Tunes,
            "host names, or wildcards such as '*.example.com', with commas between them; no regular expressions",
            "Further names of the hosts. They serve what the host serves, unless a rule names them. A wildcard stands for one label.",
            static (builder, text) => builder.TryAddAliases(text)),
        NginxRow.Of<HostBuilder>(
            Www,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether the host with `www.`, or the one without, is redirected to the host of the rule with 308.",
            static (builder, text) => NginxText.TryReadBoolean(text, out builder._redirectsWww)),
        NginxRow.Of<HostBuilder>(
            AppRoot,
            AnnotationRisk.Tunes,
            "a path, without scheme and host",
            "Where clients that ask for `/` of the host are sent, with 302.",
            static (builder, text) =>
            {
                builder._appRoot = text.Length == 0 ? null : text;
                return text.Length == 0 || (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExceptInRange('!', '~'));
            }),
    ];

    /// <inheritdoc />
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        _appRoot = annotation?.Name == AppRoot ? null : _appRoot;
        return base.Fail(annotation!, context);
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_appRoot is not null && _appRoot != "/")
        {
            context.AddRoot(new AppRootRedirect(_appRoot) { IsAbsolute = true }, AppRoot);
        }

        foreach (var host in context.Hosts)
        {
            foreach (var alias in _aliases.Where(alias => alias != host))
            {
                context.AddHost(alias, host, null, Alias);
            }

            if (_redirectsWww && host[0] != '*' && (host.StartsWith(Prefix, StringComparison.Ordinal) ? host[Prefix.Length..] : Prefix + host) is { Length: > 0 } other)
            {
                context.AddHost(other, host, new HostRedirect(host) { NamesPort = true, CutsSlash = true }, Www);
            }
        }
    }

    // Good ones count, whatever is beside them.
    private bool TryAddAliases(string text)
    {
        var names = NginxText.ListOf(text);
        _aliases.AddRange(names.Where(static name => NameSyntax().IsMatch(name)).Select(static name => name.ToLowerInvariant()).Distinct());
        return names.All(static name => NameSyntax().IsMatch(name));
    }

    [GeneratedRegex(@"\A(\*\.)?[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*\z")]
    private static partial Regex NameSyntax();
}
