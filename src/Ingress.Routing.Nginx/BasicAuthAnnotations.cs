using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Passwords.</summary>
internal static class BasicAuthAnnotations
{
    public const string Type = "auth-type";
    public const string Secret = "auth-secret";
    public const string Realm = "auth-realm";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<BasicAuthBuilder>(
            Type,
            AnnotationRisk.Protects,
            "'basic'; 'digest' is not spoken here",
            "Asks for a name and a password. The backend does not get them.",
            static (builder, text) => builder.IsBasic = text == "basic"),
        NginxRow.Of<BasicAuthBuilder>(
            Secret,
            AnnotationRisk.Protects,
            "the name of a Secret, or 'namespace/name'",
            "The Secret with the users and the hashes of their passwords.",
            static (builder, text) => (builder.Secret = text).Length > 0),
        NginxRow.Of<BasicAuthBuilder>(
            "auth-secret-type",
            AnnotationRisk.Protects,
            "'auth-file' or 'auth-map'",
            "Whether the Secret has a file of `htpasswd` under `auth`, or an entry for each user.",
            static (builder, text) => builder.TrySetFormat(text)),
        NginxRow.Of<BasicAuthBuilder>(
            Realm,
            AnnotationRisk.Protects,
            "letters, digits, blanks and '-._~/:'",
            "What the password is for, as browsers show it.",
            static (builder, text) => builder.TrySetRealm(text)),
        NginxRow.Of<SatisfyBuilder>(
            "satisfy",
            AnnotationRisk.Protects,
            "'all' or 'any'",
            "Whether addresses, password and external service must all let a request in, or one of them.",
            static (builder, text) => (builder.IsAny = text == "any") || text == "all"),
    ];
}
