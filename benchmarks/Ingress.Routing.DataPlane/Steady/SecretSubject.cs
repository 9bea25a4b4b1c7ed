namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A Secret with one certificate, and then another.</summary>
internal sealed class SecretSubject(string host) : Subject(host)
{
    private readonly HostCertificate[] _certificates = [HostCertificate.Create(host), HostCertificate.Create(host)];

    public override string Fixed => Objects.Ingress(
        Host, World.ServiceOf(0), annotations: "ingress.routing/https-redirect: \"false\"", tls: $"tls: [{{ hosts: [{Host}], secretName: {Host} }}],");

    public override string? Text(int version) => Objects.TlsSecret(Host, _certificates[version % 2].Certificate, _certificates[version % 2].Key);

    public override bool Fits(int version, in Reply reply) => reply is { Status: 200, Backend: 0 };

    /// <summary>Whether a certificate is that of one of some versions.</summary>
    public bool IsShownBetween(int from, int to, string thumbprint)
        => Enumerable.Range(from, Math.Min(to - from + 1, 2)).Any(version => _certificates[version % 2].Thumbprint == thumbprint);
}
