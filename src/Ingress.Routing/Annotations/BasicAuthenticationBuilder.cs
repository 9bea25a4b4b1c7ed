using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about passwords.</summary>
internal sealed class BasicAuthenticationBuilder : PolicyBuilder
{
    private const string Secret = "basic-auth-secret";
    private const string Format = "basic-auth-format";
    private const string Realm = "basic-auth-realm";

    private string? _secret;
    private PasswordFileFormat? _format;
    private string? _realm;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<BasicAuthenticationBuilder>(
            Secret,
            AnnotationRisk.Protects,
            "the name of a Secret of the same namespace",
            "The Secret with the users and the hashes of their passwords. Requests without one of them are answered with 401.",
            static (builder, text) => (builder._secret = text).Length > 0),
        new Annotation<BasicAuthenticationBuilder>(
            Format,
            AnnotationRisk.Protects,
            "'file' or 'map'",
            "Whether the Secret has a file of `htpasswd` under `auth` (`file`, the default), or an entry for each user (`map`).",
            static (builder, text) => (builder._format = text switch
            {
                "file" => PasswordFileFormat.File,
                "map" => PasswordFileFormat.Map,
                _ => null,
            }) is not null),
        new Annotation<BasicAuthenticationBuilder>(
            Realm,
            AnnotationRisk.Protects,
            "letters, digits, blanks and '-._~/:'",
            "What the password is for, as browsers show it.",
            static (builder, text) => BasicAuthentication.IsRealm(builder._realm = text)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed)
        {
            return;
        }

        if (_secret is null)
        {
            Refuse(_format is null ? Realm : Format, $"'{context.Dialect.KeyOf(Secret)}' is missing, which says who is let in", context);
            return;
        }

        var found = context.FindSecret(_secret);
        if (found.Value is not { } secret)
        {
            Refuse(Secret, found, context);
        }
        else if (PasswordFile.Read(secret.Data, _format ?? PasswordFileFormat.File, out var problem) is not { } users)
        {
            Refuse(Secret, problem, context);
        }
        else
        {
            context.WarnOf(users, Secret);
            context.Add(new BasicAuthentication(_realm ?? "", users), Secret);
        }
    }
}
