using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about passwords. What is half said closes the paths: ingress-nginx leaves them open.</summary>
internal sealed class BasicAuthBuilder : PolicyBuilder
{
    private PasswordFileFormat _format = PasswordFileFormat.File;
    private string? _realm;

    public bool IsBasic { get; set; }

    public string? Secret { get; set; }

    public bool TrySetFormat(string text)
    {
        _format = text == "auth-map" ? PasswordFileFormat.Map : PasswordFileFormat.File;
        return text is "auth-file" or "auth-map";
    }

    public bool TrySetRealm(string text) => BasicAuthentication.IsRealm(_realm = text);

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed)
        {
            return;
        }

        if (Secret is null && !IsBasic)
        {
            Refuse(
                BasicAuthAnnotations.Realm,
                $"'{context.Dialect.KeyOf(BasicAuthAnnotations.Type)}' and '{context.Dialect.KeyOf(BasicAuthAnnotations.Secret)}' are missing, without which nothing is asked",
                context);
        }
        else if (Secret is null)
        {
            Refuse(BasicAuthAnnotations.Type, $"'{context.Dialect.KeyOf(BasicAuthAnnotations.Secret)}' is missing, which says who is let in", context);
        }
        else if (!IsBasic)
        {
            Refuse(
                BasicAuthAnnotations.Secret,
                $"'{context.Dialect.KeyOf(BasicAuthAnnotations.Type)}' is missing, without which ingress-nginx asks for no password. Add it with the text 'basic'",
                context);
        }
        else
        {
            Add(Secret, context);
        }
    }

    private void Add(string name, PolicyContext context)
    {
        var found = context.FindSecret(name);
        if (found.Value is not { } secret)
        {
            Refuse(BasicAuthAnnotations.Secret, found, context);
        }
        else if (PasswordFile.Read(secret.Data, _format, out var problem) is not { } users)
        {
            Refuse(BasicAuthAnnotations.Secret, problem, context);
        }
        else
        {
            context.WarnOf(users, BasicAuthAnnotations.Secret);
            context.Add(
                new BasicAuthentication(_realm ?? "", users) { ExemptPaths = [.. context.Settings<NginxOptions>().NoAuthLocations] },
                BasicAuthAnnotations.Secret);
        }
    }
}
