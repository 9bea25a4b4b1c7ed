using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Clients that stay with one endpoint.</summary>
internal static class AffinityAnnotations
{
    private const string Switch = "a switch such as 'true'";
    private const string Seconds = "a whole number of seconds";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<AffinityBuilder>(
            AffinityBuilder.Affinity,
            AnnotationRisk.Tunes,
            "'cookie'",
            "Keeps a client at one endpoint, by a cookie.",
            static (builder, text) => builder.IsOn = text == "cookie"),
        Setting(
            "affinity-mode",
            "'balanced' or 'persistent'",
            "Whether some clients move when endpoints are added. The default is `balanced`.",
            static (affinity, text) => text is "balanced" or "persistent" ? affinity with { IsPersistent = text == "persistent" } : null),
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.AffinityBehavior,
            AnnotationRisk.Tunes,
            "'sticky' or 'legacy'",
            "Whether clients with a session stay with the backend that they had, or the canary that has this annotation decides about each request. The default is `sticky`.",
            CanaryBuilder.TrySetAffinityBehavior),
        Setting(
            "session-cookie-name",
            "the name of a cookie",
            "The name of the cookie. The default is `INGRESSCOOKIE`.",
            static (affinity, text) => HttpToken.IsToken(text) ? affinity with { CookieName = text } : null),
        Setting(
            "session-cookie-path",
            "a path",
            "The `Path` of the cookie. The default is the path of the rule.",
            static (affinity, text) => text.Length > 0 && text.All(IsPathCharacter) ? affinity with { Path = text } : null),
        Setting(
            "session-cookie-domain",
            "a host name",
            "The `Domain` of the cookie.",
            static (affinity, text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? affinity with { Domain = text } : null),
        Setting(
            "session-cookie-samesite",
            "'None', 'Lax' or 'Strict', in any case",
            "The `SameSite` of the cookie.",
            static (affinity, text) => text.ToUpperInvariant() switch
            {
                "NONE" => affinity with { SameSite = "None" },
                "LAX" => affinity with { SameSite = "Lax" },
                "STRICT" => affinity with { SameSite = "Strict" },
                _ => null,
            }),
        Setting(
            "session-cookie-conditional-samesite-none",
            Switch,
            "Whether `SameSite=None` is left out for browsers that take it for `Strict`.",
            static (affinity, text) => NginxText.TryReadBoolean(text, out bool value) ? affinity with { OmitsNoneForOldBrowsers = value } : null),
        Setting(
            "session-cookie-secure",
            Switch,
            "Whether the cookie is for https alone, also when it is set over http.",
            static (affinity, text) => NginxText.TryReadBoolean(text, out bool value) ? affinity with { IsSecure = value } : null),
        Setting(
            "session-cookie-expires",
            Seconds,
            "The `Expires` of the cookie, from now on.",
            static (affinity, text) => NginxText.TryReadNumber(text, out var seconds) ? affinity with { Expires = TimeSpan.FromSeconds(seconds) } : null),
        Setting(
            "session-cookie-max-age",
            Seconds,
            "The `Max-Age` of the cookie.",
            static (affinity, text) => NginxText.TryReadNumber(text, out var seconds) ? affinity with { MaxAge = TimeSpan.FromSeconds(seconds) } : null),
        Setting(
            "session-cookie-change-on-failure",
            Switch,
            "Whether a client moves to another endpoint when its own fails.",
            static (affinity, text) => NginxText.TryReadBoolean(text, out bool value) ? affinity with { MovesOnFailure = value } : null),
    ];

    private static Annotation Setting(string name, string expected, string summary, Func<SessionAffinity, string, SessionAffinity?> set)
        => NginxRow.Of<AffinityBuilder>(name, AnnotationRisk.Tunes, expected, summary, (builder, text) =>
        {
            if (set(builder.Policy, text) is not { } affinity)
            {
                return false;
            }

            builder.First ??= name;
            builder.Policy = affinity;
            return true;
        });

    private static bool IsPathCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "-._~/:?&=".Contains(c, StringComparison.Ordinal);
}
