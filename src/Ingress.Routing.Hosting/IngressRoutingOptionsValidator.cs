using Microsoft.Extensions.Options;

namespace Ingress.Routing.Hosting;

/// <summary>Says which setting is wrong, with what it holds and what it should hold.</summary>
internal sealed class IngressRoutingOptionsValidator : IValidateOptions<IngressRoutingOptions>
{
    private static readonly TimeSpan s_maxReloadDelay = TimeSpan.FromMinutes(1);

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

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
