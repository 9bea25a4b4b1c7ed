using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about clients that stay with one endpoint.</summary>
internal sealed class AffinityBuilder : PolicyBuilder
{
    private const string Cookie = "affinity-cookie";
    private const int LongestAge = 400 * 24 * 60 * 60; // what browsers keep at most

    private SessionAffinity _affinity = new();
    private bool _isOn;
    private string? _first;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<AffinityBuilder>(
            Cookie,
            AnnotationRisk.Tunes,
            "the name of a cookie",
            "Keeps a client at one endpoint, by a cookie of this name.",
            static (builder, text) =>
            {
                builder._isOn = HttpToken.IsToken(text);
                builder._affinity = builder._affinity with { CookieName = text };
                return builder._isOn;
            }),
        Setting(
            "affinity-mode",
            "'balanced' or 'persistent'",
            "Whether some clients move when endpoints are added, or all stay for as long as their endpoint exists. The default is `balanced`.",
            static (affinity, text) => text is "balanced" or "persistent" ? affinity with { IsPersistent = text == "persistent" } : null),
        Setting(
            "affinity-path",
            "a path",
            "The `Path` of the cookie. The default is the path of the rule.",
            static (affinity, text) => text.StartsWith('/') && TargetText.IsSendable(text) && !text.AsSpan().ContainsAny(";,\"") ? affinity with { Path = text } : null),
        Setting(
            "affinity-domain",
            "a host name",
            "The `Domain` of the cookie. The default is the host of the request alone.",
            static (affinity, text) => TargetText.IsHost(text.TrimStart('.')) && !text.Contains(':', StringComparison.Ordinal) ? affinity with { Domain = text } : null),
        Setting(
            "affinity-same-site",
            "'None', 'Lax' or 'Strict'",
            "The `SameSite` of the cookie. The default leaves it out.",
            static (affinity, text) => text is "None" or "Lax" or "Strict" ? affinity with { SameSite = text } : null),
        Setting(
            "affinity-omit-none",
            "'true' or 'false'",
            "Whether `SameSite=None` is left out for old browsers, which take it for `Strict`.",
            static (affinity, text) => AnnotationText.TryReadBoolean(text, out var value) ? affinity with { OmitsNoneForOldBrowsers = value } : null),
        Setting(
            "affinity-secure",
            "'true' or 'false'",
            "Whether the cookie is for https alone. Over https it always is.",
            static (affinity, text) => AnnotationText.TryReadBoolean(text, out var value) ? affinity with { IsSecure = value } : null),
        Setting(
            "affinity-max-age",
            $"a number of seconds from 0 to {LongestAge}",
            "The `Max-Age` of the cookie. The default ends it with the browser.",
            static (affinity, text) => AnnotationText.TryReadNumber(text, 0, LongestAge, out var seconds) ? affinity with { MaxAge = TimeSpan.FromSeconds(seconds) } : null),
        Setting(
            "affinity-expires",
            $"a number of seconds from 0 to {LongestAge}",
            "The `Expires` of the cookie, from now on, for browsers that do not know `Max-Age`.",
            static (affinity, text) => AnnotationText.TryReadNumber(text, 0, LongestAge, out var seconds) ? affinity with { Expires = TimeSpan.FromSeconds(seconds) } : null),
        Setting(
            "affinity-move-on-failure",
            "'true' or 'false'",
            "Whether a client goes to another endpoint when its own fails, where `retry-on` says so. The default lets the request fail.",
            static (affinity, text) => AnnotationText.TryReadBoolean(text, out var value) ? affinity with { MovesOnFailure = value } : null),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_isOn)
        {
            context.Add(_affinity, Cookie);
        }
        else if (_first is not null)
        {
            Refuse(_first, $"'{context.Dialect.KeyOf(Cookie)}' is missing, which names the cookie", context);
        }
    }

    private static Annotation<AffinityBuilder> Setting(string name, string expected, string summary, Func<SessionAffinity, string, SessionAffinity?> set)
        => new(
            name,
            AnnotationRisk.Tunes,
            expected,
            summary,
            (builder, text) =>
            {
                if (set(builder._affinity, text) is not { } affinity)
                {
                    return false;
                }

                builder._first ??= name;
                builder._affinity = affinity;
                return true;
            });
}
