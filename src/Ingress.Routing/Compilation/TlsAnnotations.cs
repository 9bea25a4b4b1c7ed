using System.Collections.Immutable;
using System.Globalization;
using System.Net.Security;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Reads the annotations of an Ingress under our own prefix (D20).</summary>
internal sealed class TlsAnnotations
{
    public const string ClientCertificates = "client-certificates";
    public const string ClientCertificateSecret = "client-certificate-secret";
    public const string ClientCertificateDepth = "client-certificate-depth";
    public const string ClientCertificateForwarding = "client-certificate-headers";
    public const string MinimumVersion = "tls-min-version";
    public const string CipherSuites = "tls-cipher-suites";
    public const string ApplicationProtocols = "tls-alpn";
    public const string StrictTransportSecurity = "hsts";
    public const string RedirectToHttps = "https-redirect";

    private const string ClientPrefix = "client-";
    private const int MaxDepth = 10;

    private static readonly ClientCertificateSettings s_nobody = new() { Mode = ClientCertificateMode.Require };

    private readonly IngressResource _ingress;
    private readonly string _prefix;
    private readonly DiagnosticBag? _diagnostics;

    private TlsAnnotations(IngressResource ingress, RouteTableOptions options, DiagnosticBag? diagnostics)
    {
        _ingress = ingress;
        _prefix = options.AnnotationPrefix + "/";
        _diagnostics = diagnostics;
    }

    /// <summary>Every name that means something behind the prefix.</summary>
    public static ImmutableHashSet<string> Names { get; } =
    [
        ClientCertificates, ClientCertificateSecret, ClientCertificateDepth, ClientCertificateForwarding, MinimumVersion, CipherSuites,
        ApplicationProtocols, StrictTransportSecurity, RedirectToHttps,
    ];

    /// <summary>Reads the annotations.</summary>
    /// <param name="diagnostics">Receives what is wrong with them; null when only the settings matter.</param>
    /// <returns>Null when there are none. What cannot be understood about client certificates lets nobody in, everything else that cannot be
    /// understood is as if it were not there.</returns>
    public static TlsSettings? Read(IngressResource ingress, RouteTableOptions options, DiagnosticBag? diagnostics = null)
    {
        if (ingress.Metadata.Annotations.Count == 0)
        {
            return null;
        }

        diagnostics?.At(DiagnosticPhase.TlsPolicy);
        return new TlsAnnotations(ingress, options, diagnostics).Read();
    }

    private TlsSettings? Read()
    {
        var mine = _ingress.Metadata.Annotations.Keys.Where(key => key.StartsWith(_prefix, StringComparison.Ordinal)).ToList();
        foreach (var unknown in mine.Where(key => !Names.Contains(key[_prefix.Length..])).Order(StringComparer.Ordinal))
        {
            // A slip of the pen must not open what was meant to be closed.
            if (IsMisspelt(unknown))
            {
                _diagnostics?.Refuse(
                    _ingress, IngressDiagnosticIds.InvalidAnnotation, FieldErrorKind.Invalid, FieldOf(unknown), $"There is no annotation '{unknown}'. No client is let in.");
            }
            else
            {
                _diagnostics?.Warn(
                    _ingress, IngressDiagnosticIds.InvalidAnnotation, FieldOf(unknown), $"There is no annotation '{unknown}'. It is ignored.");
            }
        }

        var isMisspelt = mine.Any(IsMisspelt);
        if (!isMisspelt && !mine.Any(key => Names.Contains(key[_prefix.Length..])))
        {
            return null;
        }

        return WithUsableSuites(new()
        {
            ClientCertificates = isMisspelt ? s_nobody : ReadClientCertificates(),
            ForwardClientCertificate = Parse(ClientCertificateForwarding, "'true' or 'false'", ParseBoolean),
            MinimumVersion = Parse(MinimumVersion, "'1.2' or '1.3'", ParseVersion),
            CipherSuites = Parse(CipherSuites, "names such as TLS_AES_128_GCM_SHA256, with commas between them", ParseCipherSuites),
            ApplicationProtocols = Parse(ApplicationProtocols, "'h2', 'http/1.1', or both with a comma between them", ParseProtocols),
            StrictTransportSecurity = Routing.StrictTransportSecurity.TryParse(TextOf(StrictTransportSecurity), out var hsts)
                ? hsts
                : Refuse(StrictTransportSecurity, "the value of the header, such as 'max-age=31536000; includeSubDomains'"),
            RedirectToHttps = Parse(RedirectToHttps, "'true' or 'false'", ParseBoolean),
        });
    }

    private bool IsMisspelt(string key) => key[_prefix.Length..].StartsWith(ClientPrefix, StringComparison.Ordinal) && !Names.Contains(key[_prefix.Length..]);

    private TlsSettings WithUsableSuites(TlsSettings settings)
    {
        if (settings.CanBeSpoken)
        {
            return settings;
        }

        Report(CipherSuites, "None of its cipher suites is one of TLS 1.3, which is the oldest version that is to be spoken. It is ignored.");
        return settings with { CipherSuites = null };
    }

    private ClientCertificateSettings? ReadClientCertificates()
    {
        var text = TextOf(ClientCertificates);
        var secret = TextOf(ClientCertificateSecret);
        if (text is null)
        {
            if ((secret ?? TextOf(ClientCertificateDepth)) is null)
            {
                return null;
            }

            var alone = secret is null ? ClientCertificateDepth : ClientCertificateSecret;
            Report(alone, $"'{_prefix}{ClientCertificates}' is missing, which says what it is for. No client is let in.");
            return s_nobody;
        }

        var mode = text switch
        {
            "none" => ClientCertificateMode.None,
            "optional" => ClientCertificateMode.Optional,
            "require" => ClientCertificateMode.Require,
            "report" => ClientCertificateMode.Report,
            _ => (ClientCertificateMode?)null,
        };
        if (mode is null)
        {
            Report(ClientCertificates, $"It is '{text}', and must be 'none', 'optional', 'require' or 'report'. No client is let in.");
            return s_nobody;
        }

        var depth = Parse(ClientCertificateDepth, $"a number from 0 to {MaxDepth}", ParseDepth);
        return new()
        {
            Mode = mode.Value,
            AuthoritiesSecret = string.IsNullOrEmpty(secret) ? null : new(_ingress.Name.Namespace, secret),
            MaxIntermediates = depth ?? (TextOf(ClientCertificateDepth) is null ? 1 : 0),
        };
    }

    private string? TextOf(string name) => _ingress.Metadata.Annotations.GetValueOrDefault(_prefix + name)?.Trim();

    private T? Parse<T>(string name, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (TextOf(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            Refuse(name, expected);
        }

        return value;
    }

    // Returns nothing, which is what is left of the annotation.
    private StrictTransportSecurity? Refuse(string name, string expected)
    {
        if (TextOf(name) is { } text)
        {
            Report(name, $"It is '{text}', and must be {expected}. It is ignored.");
        }

        return null;
    }

    private void Report(string name, string message)
        => _diagnostics?.Refuse(_ingress, IngressDiagnosticIds.InvalidAnnotation, FieldErrorKind.Invalid, FieldOf(_prefix + name), message);

    private static string FieldOf(string key) => $"metadata.annotations[{key}]";

    private static bool? ParseBoolean(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    private static TlsVersion? ParseVersion(string text) => text switch
    {
        "1.2" => TlsVersion.Tls12,
        "1.3" => TlsVersion.Tls13,
        _ => null,
    };

    private static int? ParseDepth(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) && depth <= MaxDepth ? depth : null;

    private static ImmutableArray<string>? ParseProtocols(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        return names.All(static name => name is "h2" or "http/1.1") && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? [.. names]
            : null;
    }

    private static ImmutableArray<TlsCipherSuite>? ParseCipherSuites(string text)
    {
        var suites = ImmutableArray.CreateBuilder<TlsCipherSuite>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
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
