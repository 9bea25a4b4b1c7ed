using Microsoft.Extensions.Options;

namespace Ingress.Routing.Hosting;

/// <summary>Says which setting is wrong, with what it holds and what it should hold.</summary>
internal sealed class IngressRoutingOptionsValidator : IValidateOptions<IngressRoutingOptions>
{
    private static readonly TimeSpan s_maxReloadDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_maxStartupTimeout = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, IngressRoutingOptions options)
    {
        var failures = new List<string>();
        if (options.ControllerName is { } controller && !OptionSyntax.IsControllerName(controller))
        {
            failures.Add($"{nameof(options.ControllerName)} is '{controller}'. It must be a domain-prefixed path such as 'example.com/ingress'.");
        }

        if (options.DefaultBackend is { } backend && !OptionSyntax.TryReadService(backend, out _))
        {
            failures.Add($"{nameof(options.DefaultBackend)} is '{backend}'. It must be a Service port written as 'namespace/name:port'.");
        }

        if (options.DefaultCertificate is { } certificate && !OptionSyntax.TryReadSecret(certificate, out _))
        {
            failures.Add($"{nameof(options.DefaultCertificate)} is '{certificate}'. It must be a Secret written as 'namespace/name'.");
        }

        if (!Enum.IsDefined(options.HostSharing))
        {
            failures.Add($"{nameof(options.HostSharing)} is '{options.HostSharing}', which is not one of its values.");
        }

        if (options.ReloadDelay < TimeSpan.Zero || options.ReloadDelay > s_maxReloadDelay)
        {
            failures.Add($"{nameof(options.ReloadDelay)} is '{options.ReloadDelay}'. It must be between zero and one minute.");
        }

        if (options.StartupTimeout < TimeSpan.Zero || options.StartupTimeout > s_maxStartupTimeout)
        {
            failures.Add($"{nameof(options.StartupTimeout)} is '{options.StartupTimeout}'. It must be between zero and one hour.");
        }

        if (options.HttpsPort is < 1 or > ushort.MaxValue)
        {
            failures.Add($"{nameof(options.HttpsPort)} is '{options.HttpsPort}'. It must be between 1 and 65535.");
        }

        if (options.MaxMeasuredRoutes is < 0 or > 100_000)
        {
            failures.Add($"{nameof(options.MaxMeasuredRoutes)} is '{options.MaxMeasuredRoutes}'. It must be between 0 and 100000.");
        }

        if (options.AnnotationPrefix is null || !OptionSyntax.IsHost(options.AnnotationPrefix) || options.AnnotationPrefix.Any(char.IsAsciiLetterUpper))
        {
            failures.Add($"{nameof(options.AnnotationPrefix)} is '{options.AnnotationPrefix}'. It must be a DNS name in lower case, such as 'ingress.example.com'.");
        }

        failures.AddRange(options.TrustedProxies
            .Where(static proxy => proxy is null || !Cidr.TryParse(proxy, out _))
            .Select(proxy => $"{nameof(options.TrustedProxies)} holds '{proxy}'. It must be a network such as '10.0.0.0/8', or an address."));
        failures.AddRange(options.PassedHeaders
            .Where(static name => !HttpToken.IsToken(name))
            .Select(name => $"{nameof(options.PassedHeaders)} holds '{name}'. It must be the name of a header."));

        CheckTls(nameof(options.Tls), options.Tls, failures);
        foreach (var (host, settings) in options.HostTls.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var below = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
            if (!OptionSyntax.IsHost(below) || below.Split('.')[^1].All(char.IsAsciiDigit))
            {
                failures.Add($"{nameof(options.HostTls)} holds '{host}'. It must be a host such as 'example.com' or '*.example.com'.");
            }

            CheckTls($"{nameof(options.HostTls)}[{host}]", settings, failures);
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static void CheckTls(string where, TlsSettings? settings, List<string> failures)
    {
        if (settings is null)
        {
            failures.Add($"{where} is null. Leave it at TlsSettings.None.");
            return;
        }

        if (settings.ClientCertificates is { } client)
        {
            CheckClientCertificates(where, client, failures);
        }

        if (settings.MinimumVersion is { } version && !Enum.IsDefined(version))
        {
            failures.Add($"{where} wants TLS version '{version}', which is not one of the values.");
        }

        if (!settings.CanBeSpoken)
        {
            failures.Add($"{where} wants TLS 1.3 and none of its cipher suites. Name one such as TLS_AES_128_GCM_SHA256.");
        }
    }

    private static void CheckClientCertificates(string where, ClientCertificateSettings client, List<string> failures)
    {
        var hasAuthorities = client.AuthoritiesSecret is not null || client.AuthoritiesPem is not null;
        if (!Enum.IsDefined(client.Mode))
        {
            failures.Add($"{where} treats client certificates as '{client.Mode}', which is not one of the values.");
        }
        else if (client.Mode is ClientCertificateMode.Optional or ClientCertificateMode.Require && !hasAuthorities)
        {
            failures.Add($"{where} asks for client certificates and names no authorities for them: set AuthoritiesSecret or AuthoritiesPem.");
        }
        else if (client.Mode == ClientCertificateMode.None && hasAuthorities)
        {
            failures.Add($"{where} names authorities and asks for no client certificates: set the mode, or leave the authorities out.");
        }

        if (client.AuthoritiesSecret is not null && (client.AuthoritiesPem ?? client.RevocationListsPem) is not null)
        {
            failures.Add($"{where} names a Secret with authorities, and authorities or revocation lists besides. Only one of the two can count.");
        }

        if (client.MaxIntermediates < 0)
        {
            failures.Add($"{where} allows '{client.MaxIntermediates}' intermediate authorities. It must not be negative.");
        }
    }
}
