using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about client certificates. Where they cannot be understood, no client is let in.</summary>
internal sealed class ClientCertificateBuilder : PolicyBuilder
{
    public const string Secret = "auth-tls-secret";
    public const string Mode = "auth-tls-verify-client";
    public const string Depth = "auth-tls-verify-depth";
    public const string ErrorPage = "auth-tls-error-page";
    public const string PassCertificate = "auth-tls-pass-certificate-to-upstream";
    public const string MatchName = "auth-tls-match-cn";

    private const int LargestDepth = 100;

    private string? _secret;
    private ClientCertificateMode? _mode;
    private int? _depth;
    private string? _errorPage;
    private bool? _passesCertificate;
    private string? _subject;
    private bool _admitsNoClient;

    // Only 'namespace/name' is a reference there.
    public static bool TrySetSecret(ClientCertificateBuilder builder, string text)
    {
        builder._secret = text;
        return NamespacedName.TryParse(text, null, out _) && text.Contains('/', StringComparison.Ordinal);
    }

    public static bool TrySetMode(ClientCertificateBuilder builder, string text)
    {
        builder._mode = text switch
        {
            "on" => ClientCertificateMode.Require,
            "optional" => ClientCertificateMode.Optional,
            "optional_no_ca" => ClientCertificateMode.Report,
            "off" => ClientCertificateMode.None,
            _ => null,
        };
        return builder._mode is not null;
    }

    public static bool TrySetDepth(ClientCertificateBuilder builder, string text) => NginxText.TryReadNumber(text, 0, LargestDepth, out builder._depth);

    public static bool TrySetPassCertificate(ClientCertificateBuilder builder, string text) => NginxText.TryReadBoolean(text, out builder._passesCertificate);

    // A path would be served to the very clients that are refused.
    public static bool TrySetErrorPage(ClientCertificateBuilder builder, string text)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
        builder._errorPage = isUrl ? text : null;
        return isUrl;
    }

    public static bool TrySetMatchName(ClientCertificateBuilder builder, string text)
    {
        builder._subject = text;
        return text.StartsWith("CN=", StringComparison.Ordinal) && IsPattern(text);
    }

    /// <inheritdoc />
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        if (annotation.Risk == AnnotationRisk.Tunes)
        {
            return base.Fail(annotation, context);
        }

        _admitsNoClient = true;
        return "No client is let in.";
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        var isMissing = !_admitsNoClient && _secret is null;
        if (isMissing && _mode is null or ClientCertificateMode.None && _subject is null)
        {
            return; // nothing protects, and nothing was meant to
        }

        if (!isMissing && _mode == ClientCertificateMode.None && _subject is not null)
        {
            context.Report(MatchName, $"'{context.Dialect.KeyOf(Mode)}' asks for no certificate that could have such a subject. No client is let in.");
            _admitsNoClient = true;
        }

        if (isMissing)
        {
            context.Report(
                _mode is null ? MatchName : Mode,
                $"'{context.Dialect.KeyOf(Secret)}' is missing, which says whose certificates are trusted. No client is let in.");
        }

        var isKnown = !_admitsNoClient && !isMissing;
        context.Request(new()
        {
            ForwardClientCertificate = true,
            ClientCertificates = new()
            {
                Mode = isKnown ? _mode ?? ClientCertificateMode.Require : ClientCertificateMode.Require,
                AuthoritiesSecret = isKnown ? SecretName(context) : null,
                MaxIntermediates = _depth ?? 1,
                RefusesByAnswer = true,
                SubjectPattern = isKnown ? _subject : null,
                ErrorPage = _errorPage,
                HeaderStyle = _passesCertificate == true ? ClientCertificateHeaderStyle.SslClientWithCertificate : ClientCertificateHeaderStyle.SslClient,
                Annotation = context.Dialect.KeyOf(Secret),
            },
        });
    }

    // Whether there is such a Secret is looked at where the policies of the host are made. One that may not be referred to counts as missing.
    private NamespacedName? SecretName(PolicyContext context)
    {
        var found = context.FindSecret(_secret!);
        if (found.Problem is null || found.IsMissing)
        {
            return found.Name;
        }

        context.Report(Secret, $"{found.Problem}. No client is let in.");
        return null;
    }

    private static bool IsPattern(string text)
    {
        try
        {
            return ClientCertificateTrust.SubjectRegex(text) is not null;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
