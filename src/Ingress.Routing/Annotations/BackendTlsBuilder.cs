using System.Collections.Immutable;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about TLS with the backend.</summary>
internal sealed class BackendTlsBuilder : PolicyBuilder
{
    private const string Verify = "backend-tls-verify";
    private const string Secret = "backend-tls-secret";
    private const string Name = "backend-tls-name";
    private const string Depth = "backend-tls-depth";
    private const string Versions = "backend-tls-versions";
    private const string CipherSuites = "backend-tls-cipher-suites";

    private BackendTls _tls = new();
    private string? _secret;
    private string? _first;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Setting(
            Verify,
            AnnotationRisk.Protects,
            "'true' or 'false'",
            "Whether the certificate of a backend that speaks TLS is verified. The default is `true`.",
            static (tls, text) => AnnotationText.TryReadBoolean(text, out var value) ? tls with { Verifies = value } : null),
        new Annotation<BackendTlsBuilder>(
            Secret,
            AnnotationRisk.Protects,
            "the name of a Secret of the same namespace",
            "The Secret whose `ca.crt` holds the authorities for the certificate of the backend, and whose `tls.crt` and `tls.key` the backend is shown. Either may be missing.",
            static (builder, text) =>
            {
                builder._secret = text;
                builder._first ??= Secret;
                return text.Length > 0;
            }),
        Setting(
            Name,
            AnnotationRisk.Protects,
            "a host name",
            "The name that the certificate of the backend has to be for, and that is sent to it (SNI). The default is the `Host` that it gets.",
            static (tls, text) => TargetText.IsHost(text) && !text.Contains(':', StringComparison.Ordinal) ? tls with { ServerName = text } : null),
        Setting(
            Depth,
            AnnotationRisk.Protects,
            "a number from 0 to 10",
            "How many intermediate authorities may stand between the certificate of the backend and those of `ca.crt`. The default is 1.",
            static (tls, text) => AnnotationText.TryReadNumber(text, 0, 10, out var depth) ? tls with { MaxIntermediates = depth } : null),
        Setting(
            Versions,
            AnnotationRisk.Tunes,
            "'1.2', '1.3', or both with a comma between them",
            "The versions of TLS that are spoken with the backend.",
            static (tls, text) => VersionsOf(text) is { } versions ? tls with { Versions = versions } : null),
        Setting(
            CipherSuites,
            AnnotationRisk.Tunes,
            "names such as TLS_AES_128_GCM_SHA256, with commas between them",
            "The cipher suites to choose from with the backend.",
            static (tls, text) => TlsSettingsBuilder.CipherSuitesOf(text) is { } suites ? tls with { CipherSuites = suites } : null),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed || _first is null)
        {
            return;
        }

        if (_secret is not null)
        {
            var secret = context.FindSecret(_secret);
            if (secret.Value is null)
            {
                Refuse(Secret, secret, context);
                return;
            }

            if (!BackendCertificates.TryRead(secret.Value, _tls, out var tls, out var problem))
            {
                Refuse(Secret, problem, context);
                return;
            }

            _tls = tls!;
        }

        context.Add(_tls, _first);
    }

    private static Annotation<BackendTlsBuilder> Setting(
        string name, AnnotationRisk risk, string expected, string summary, Func<BackendTls, string, BackendTls?> set)
        => new(
            name,
            risk,
            expected,
            summary,
            (builder, text) =>
            {
                if (set(builder._tls, text) is not { } tls)
                {
                    return false;
                }

                builder._first ??= name;
                builder._tls = tls;
                return true;
            });

    private static ImmutableArray<TlsVersion>? VersionsOf(string text) => text.Replace(" ", "", StringComparison.Ordinal) switch
    {
        "1.2" => [TlsVersion.Tls12],
        "1.3" => [TlsVersion.Tls13],
        "1.2,1.3" or "1.3,1.2" => [TlsVersion.Tls12, TlsVersion.Tls13],
        _ => null,
    };
}
