using Ingress.Routing.Acme;
using Ingress.Routing.Acme.Challenges;
using Ingress.Routing.Acme.Serving;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds certificates by ACME.</summary>
public static class IngressRoutingAcmeExtensions
{
    /// <summary>Orders, serves and renews certificates for hosts that are routed (RFC 8555).</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="configure">Says which CA is asked, and where certificates are kept.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <remarks>
    /// <para>
    /// Certificates are served on addresses with <c>UseIngressHttps</c>. Challenges are answered there and on plain http, before everything else of the
    /// application; nothing has to be mapped. Wrong settings fail the start of the host; a CA that cannot be reached does not.
    /// </para>
    /// <para>Register an <see cref="IDnsChallengeProvider"/> for wildcards, and an <see cref="IAcmeStorage"/> to keep certificates elsewhere.</para>
    /// <para>Calling this more than once is harmless; all that is configured applies to one CA.</para>
    /// </remarks>
    public static IIngressRoutingBuilder AddAcme(this IIngressRoutingBuilder builder, Action<AcmeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        var services = builder.Services;
        services.AddOptions<AcmeOptions>().Configure(configure).ValidateOnStart();
        if (services.Any(static service => service.ServiceType == typeof(AcmeService)))
        {
            return builder;
        }

        services.PostConfigure<IngressRoutingOptions>(static options => options.StandIns = options.StandIns with
        {
            Certificates = options.StandIns.Certificates ?? "a certificate by ACME",
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AcmeOptions>, AcmeOptionsValidator>());
        services.AddSingleton<ChallengeAnswers>();
        services.AddSingleton<IChallengeCertificateProvider>(static provider => provider.GetRequiredService<ChallengeAnswers>());
        services.AddSingleton<ServedCertificates>();
        services.AddSingleton<IServerCertificateProvider>(static provider => provider.GetRequiredService<ServedCertificates>());
        services.AddSingleton<AcmeFindings>();
        builder.AddSource(static provider => provider.GetRequiredService<AcmeFindings>());
        services.AddSingleton<IStartupFilter, ChallengeResponder>();
        services.AddSingleton<AcmeParts>();
        services.AddSingleton<AcmeService>();
        services.AddSingleton<IAcmeCertificates>(static provider => provider.GetRequiredService<AcmeService>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<AcmeService>());
        return builder;
    }
}
