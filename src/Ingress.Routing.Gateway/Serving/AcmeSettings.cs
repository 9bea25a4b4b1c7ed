using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Acme;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>How <c>run</c> gets certificates by ACME.</summary>
internal sealed record AcmeSettings
{
    public string? Email { get; init; }

    public bool AgreeToTerms { get; init; }

    /// <summary>The directory of the CA; null for that of Let's Encrypt.</summary>
    public Uri? Directory { get; init; }

    /// <summary>Who vouches for the CA's own https; empty for whom the system trusts.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>The folder, as a full path.</summary>
    public required string Storage { get; init; }

    /// <summary>Adds it.</summary>
    /// <param name="routing">The builder.</param>
    /// <param name="servesHttp">Whether there is an address without TLS, where the CA can ask.</param>
    public void AddTo(IIngressRoutingBuilder routing, bool servesHttp) => routing.AddAcme(options =>
    {
        options.Email = Email;
        options.AgreeToTermsOfService = AgreeToTerms;
        options.Directory = Directory ?? options.Directory;
        options.TrustedRoots.AddRange(Authorities);
        options.StorageFolder = Storage;
        if (!servesHttp)
        {
            options.Challenges.Remove(AcmeChallengeKind.Http01);
        }
    });
}
