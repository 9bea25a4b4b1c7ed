using System.Collections.Immutable;
using System.Net.Security;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about TLS (D20, D23).</summary>
internal sealed class TlsSettingsBuilder : PolicyBuilder
{
    public const string ClientCertificates = "client-certificates";
    public const string ClientCertificateSecret = "client-certificate-secret";

    private const string ClientCertificateDepth = "client-certificate-depth";
    private const string Redirect = "https-redirect";
    private const string CipherSuites = "tls-cipher-suites";
    private const int MaxDepth = 10;

    private static readonly ClientCertificateSettings s_noClient = new() { Mode = ClientCertificateMode.Require };

    private bool _admitsNoClient;
    private ClientCertificateMode? _mode;
    private string? _secret;
    private int? _depth;
    private bool? _redirect;
    private TlsSettings _settings = TlsSettings.None;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<TlsSettingsBuilder>(
            ClientCertificates,
            AnnotationRisk.Protects,
            "'none', 'optional', 'require' or 'report'",
            "Whether clients are asked for certificates, and what happens when they have none.",
            static (builder, text) => (builder._mode = ModeOf(text)) is not null) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            ClientCertificateSecret,
            AnnotationRisk.Protects,
            "the name of a Secret of the same namespace",
            "The Secret whose `ca.crt` holds the authorities for client certificates, and `ca.crl` their revocation lists.",
            static (builder, text) =>
            {
                builder._secret = text;
                return true;
            }) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            ClientCertificateDepth,
            AnnotationRisk.Tunes,
            $"a number from 0 to {MaxDepth}",
            "How many intermediate authorities may stand between a client certificate and the authorities. The default is 1.",
            static (builder, text) =>
            {
                // What cannot be understood counts as the strictest.
                var isNumber = AnnotationText.TryReadNumber(text, 0, MaxDepth, out var depth);
                builder._depth = isNumber ? depth : 0;
                return isNumber;
            }) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            "client-certificate-headers",
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether backends are told about the client certificate in request headers.",
            static (builder, text) => AnnotationText.TryReadBoolean(text, out var value)
                && builder.Set(builder._settings with { ForwardClientCertificate = value })) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            "tls-min-version",
            AnnotationRisk.Tunes,
            "'1.2' or '1.3'",
            "The oldest version of TLS that is spoken.",
            static (builder, text) => VersionOf(text) is { } version
                && builder.Set(builder._settings with { MinimumVersion = version })) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            CipherSuites,
            AnnotationRisk.Tunes,
            "names such as TLS_AES_128_GCM_SHA256, with commas between them",
            "The cipher suites to choose from.",
            static (builder, text) => CipherSuitesOf(text) is { } suites
                && builder.Set(builder._settings with { CipherSuites = suites })) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            "tls-alpn",
            AnnotationRisk.Tunes,
            "'h2', 'http/1.1', or both with a comma between them",
            "The application protocols to agree on, best first.",
            static (builder, text) => ProtocolsOf(text) is { } protocols
                && builder.Set(builder._settings with { ApplicationProtocols = protocols })) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            "hsts",
            AnnotationRisk.Tunes,
            "the value of the header, such as 'max-age=31536000; includeSubDomains'",
            "The `Strict-Transport-Security` header of responses over https.",
            static (builder, text) => StrictTransportSecurity.TryParse(text, out var hsts)
                && builder.Set(builder._settings with { StrictTransportSecurity = hsts })) { Scope = AnnotationScope.Host },
        new Annotation<TlsSettingsBuilder>(
            Redirect,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether requests over plain http are redirected to https.",
            static (builder, text) =>
            {
                var isBoolean = AnnotationText.TryReadBoolean(text, out var value);
                builder._redirect = isBoolean ? value : null;
                return isBoolean;
            }),
    ];

    /// <inheritdoc />
    // Closing one Ingress is not enough: the others of its host would still be served to every client.
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
        if (!_settings.CanBeSpoken)
        {
            context.Report(CipherSuites, "None of its cipher suites is one of TLS 1.3, which is the oldest version that is to be spoken. It is ignored.");
            _settings = _settings with { CipherSuites = null };
        }

        if (_redirect is { } redirect)
        {
            context.Add(new HttpsRedirect { IsAsked = redirect, Port = context.HttpsPort }, Redirect);
        }

        context.Request(_settings with { ClientCertificates = ClientSettings(context) });
    }

    private ClientCertificateSettings? ClientSettings(PolicyContext context)
    {
        if (_admitsNoClient)
        {
            return s_noClient;
        }

        if (_mode is { } mode)
        {
            // Whether there is such a Secret is looked at where the policy of the host is made.
            return new()
            {
                Mode = mode,
                AuthoritiesSecret = string.IsNullOrEmpty(_secret) ? null : AuthoritiesSecret(_secret, context),
                MaxIntermediates = _depth ?? 1,
            };
        }

        if (_secret is null && _depth is null)
        {
            return null;
        }

        context.Report(
            _secret is null ? ClientCertificateDepth : ClientCertificateSecret,
            $"'{context.Dialect.KeyOf(ClientCertificates)}' is missing, which says what it is for. No client is let in.");
        return s_noClient;
    }

    private static NamespacedName AuthoritiesSecret(string text, PolicyContext context)
        => context.FindSecret(text) is { Name: var name } && name != default ? name : new(context.Ingress.Namespace, text);

    private bool Set(TlsSettings settings)
    {
        _settings = settings;
        return true;
    }

    private static ClientCertificateMode? ModeOf(string text) => text switch
    {
        "none" => ClientCertificateMode.None,
        "optional" => ClientCertificateMode.Optional,
        "require" => ClientCertificateMode.Require,
        "report" => ClientCertificateMode.Report,
        _ => null,
    };

    private static TlsVersion? VersionOf(string text) => text switch
    {
        "1.2" => TlsVersion.Tls12,
        "1.3" => TlsVersion.Tls13,
        _ => null,
    };

    private static ImmutableArray<string>? ProtocolsOf(string text)
        => AnnotationText.TryReadList(text, out var names)
            && names.All(static name => name is "h2" or "http/1.1")
            && names.Distinct(StringComparer.Ordinal).Count() == names.Length
                ? [.. names]
                : null;

    private static ImmutableArray<TlsCipherSuite>? CipherSuitesOf(string text)
    {
        if (!AnnotationText.TryReadList(text, out var names))
        {
            return null;
        }

        var suites = ImmutableArray.CreateBuilder<TlsCipherSuite>();
        foreach (var name in names)
        {
            // Enum.TryParse alone reads numbers too.
            if (!name.StartsWith("TLS_", StringComparison.Ordinal) || !Enum.TryParse<TlsCipherSuite>(name, out var suite))
            {
                return null;
            }

            suites.Add(suite);
        }

        return suites.ToImmutable();
    }
}
