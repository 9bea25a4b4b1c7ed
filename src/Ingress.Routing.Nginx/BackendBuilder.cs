using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net.Security;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about speaking to the backend.</summary>
internal sealed class BackendBuilder : PolicyBuilder
{
    public const string Protocol = "backend-protocol";
    public const string VirtualHost = "upstream-vhost";
    public const string Secret = "proxy-ssl-secret";
    public const string Verify = "proxy-ssl-verify";
    public const string Depth = "proxy-ssl-verify-depth";
    public const string Name = "proxy-ssl-name";
    public const string SendName = "proxy-ssl-server-name";
    public const string Protocols = "proxy-ssl-protocols";
    public const string Ciphers = "proxy-ssl-ciphers";

    private static readonly FrozenDictionary<string, TlsCipherSuite> s_ciphers = new Dictionary<string, TlsCipherSuite>
    {
        ["ECDHE-ECDSA-AES128-GCM-SHA256"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        ["ECDHE-ECDSA-AES256-GCM-SHA384"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        ["ECDHE-ECDSA-CHACHA20-POLY1305"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        ["ECDHE-RSA-AES128-GCM-SHA256"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ["ECDHE-RSA-AES256-GCM-SHA384"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        ["ECDHE-RSA-CHACHA20-POLY1305"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ["DHE-RSA-AES128-GCM-SHA256"] = TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        ["DHE-RSA-AES256-GCM-SHA384"] = TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
        ["ECDHE-RSA-AES128-SHA256"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
        ["ECDHE-RSA-AES256-SHA384"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
        ["AES128-GCM-SHA256"] = TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        ["AES256-GCM-SHA384"] = TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
        ["TLS_AES_128_GCM_SHA256"] = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        ["TLS_AES_256_GCM_SHA384"] = TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        ["TLS_CHACHA20_POLY1305_SHA256"] = TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private BackendProtocol? _protocol;
    private string? _firstOfProtocol;
    private bool _isFastCgi;
    private ImmutableArray<TlsVersion> _versions = [];
    private ImmutableArray<TlsCipherSuite> _suites = [];

    public string? Host;
    public string? SecretName;
    public string? ServerName;
    public bool? Verifies;
    public bool? SendsServerName;
    public int? MaxIntermediates;

    public static bool TrySetProtocol(BackendBuilder builder, string text)
    {
        builder._isFastCgi = text.Equals("FCGI", StringComparison.OrdinalIgnoreCase);
        BackendProtocolKind? kind = text.ToUpperInvariant() switch
        {
            "HTTP" => BackendProtocolKind.Http,
            "HTTPS" => BackendProtocolKind.Https,
            "AUTO_HTTP" => BackendProtocolKind.Auto,
            "GRPC" => BackendProtocolKind.Grpc,
            "GRPCS" => BackendProtocolKind.Grpcs,
            _ => null,
        };
        return builder._isFastCgi || (kind is not null && builder.Set(Protocol, protocol => protocol with { Kind = kind }));
    }

    public static bool TrySetVersions(BackendBuilder builder, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        builder._versions = words.All(static word => word is "TLSv1.2" or "TLSv1.3")
            ? [.. words.Distinct().Select(static word => word == "TLSv1.2" ? TlsVersion.Tls12 : TlsVersion.Tls13)]
            : [];
        return builder._versions.Length > 0;
    }

    public static bool TrySetCiphers(BackendBuilder builder, string text)
    {
        if (text == "DEFAULT")
        {
            return true;
        }

        var names = text.Split([':', ' ', ','], StringSplitOptions.RemoveEmptyEntries);
        builder._suites = names.All(s_ciphers.ContainsKey) ? [.. names.Distinct().Select(static name => s_ciphers[name])] : [];
        return builder._suites.Length > 0;
    }

    /// <summary>Keeps a text for later.</summary>
    public static bool Keep(ref string? field, string text)
    {
        field = text;
        return text.Length > 0;
    }

    public bool Set(string annotation, Func<BackendProtocol, BackendProtocol> change)
    {
        _firstOfProtocol ??= annotation;
        _protocol = change(_protocol ?? new());
        return true;
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_isFastCgi)
        {
            context.Report(Protocol, "FastCGI is not spoken here: put a server that speaks HTTP in front of the backend. The paths of this Ingress answer 503.");
            context.Close(Protocol);
            return;
        }

        if (HasFailed)
        {
            return;
        }

        if (_protocol is not null)
        {
            context.Add(_protocol, _firstOfProtocol!);
        }

        if (Host is not null)
        {
            BuildHost(Host, context);
        }

        BuildTls(context);
    }

    private void BuildHost(string text, PolicyContext context)
    {
        if (!NginxTemplate.TryRead(text, context.Ingress, null, out var host, out var problem))
        {
            Refuse(VirtualHost, $"It is '{text}', and {problem}", context);
        }
        else if (!text.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~:[]*${}".Contains(c, StringComparison.Ordinal)))
        {
            Refuse(VirtualHost, $"It is '{text}', which is no name of a server", context);
        }
        else
        {
            context.Add(new BackendHost(host), VirtualHost);
        }
    }

    private void BuildTls(PolicyContext context)
    {
        var speaksTls = _protocol?.Kind is BackendProtocolKind.Https or BackendProtocolKind.Grpcs or BackendProtocolKind.Auto;
        if (SecretName is null)
        {
            var alone = Verifies is not null ? Verify
                : ServerName is not null ? Name
                : SendsServerName is not null ? SendName
                : MaxIntermediates is not null ? Depth
                : _versions.Length > 0 ? Protocols
                : _suites.Length > 0 ? Ciphers
                : null;
            if (alone is not null)
            {
                context.Warn(alone, $"It counts only together with '{context.Dialect.KeyOf(Secret)}', as in ingress-nginx. It is ignored{(Verifies == true ? ", and the certificate of the backend is not verified" : "")}.");
            }

            if (speaksTls)
            {
                context.Add(new BackendTls { Verifies = false, SendsServerName = false }, Protocol);
            }

            return;
        }

        var tls = new BackendTls
        {
            Verifies = Verifies == true,
            MaxIntermediates = MaxIntermediates is null or 0 ? 1 : MaxIntermediates.Value,
            ServerName = ServerName,
            SendsServerName = SendsServerName == true,
            Versions = _versions,
            CipherSuites = _suites,
        };
        var secret = context.FindSecret(SecretName);
        if (secret.Value is null)
        {
            Refuse(Secret, secret, context);
        }
        else if (!BackendCertificates.TryRead(secret.Value, tls, out var complete, out var problem))
        {
            Refuse(Secret, problem, context);
        }
        else
        {
            context.Add(complete!, Secret);
        }
    }
}
