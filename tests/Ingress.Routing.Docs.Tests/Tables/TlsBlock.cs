using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Reads a block <c>tls</c>: one TLS entry of one Ingress a line, the oldest Ingress first.</summary>
internal static class TlsBlock
{
    public const string DefaultSecret = "default-tls";

    private const string None = "(none)";

    public static IngressRouteTable Compile(string text)
    {
        var lines = text.Split('\n').Select(line => line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries)).ToList();
        var snapshot = new ClusterSnapshot
        {
            Ingresses = [.. lines.Select(Ingress)],
            Secrets = [TestCertificates.Secret(DefaultSecret, "default.test"), .. lines.Select(Secret).OfType<SecretResource>()],
        };
        return IngressRouteTable.Compile(snapshot, new() { DefaultCertificate = new(null, DefaultSecret) });
    }

    private static IngressResource Ingress(string[] words, int age)
    {
        var entry = new IngressTls
        {
            Hosts = words[1] == None ? [] : words[1].Split(','),
            SecretName = words[2] == None ? null : words[2],
        };
        return Some.Ingress(words[0], [Some.Rule("shop.example.test", Some.Prefix("/"))], tls: [entry], ageSeconds: age);
    }

    private static SecretResource? Secret(string[] words) => words switch
    {
        [_, _, None] or [_, _, _, "missing"] => null,
        [_, _, var name, "broken"] => new() { Metadata = Some.Metadata(name), CertificatePem = "broken", KeyPem = "broken" },
        [_, _, var name, "covers", var names] => TestCertificates.Secret(name, names.Split(',', StringSplitOptions.TrimEntries)),
        [_, _, var name, "rsa-covers", var names] => TestCertificates.RsaSecret(name, names.Split(',', StringSplitOptions.TrimEntries)),
        _ => throw new FormatException($"The line '{string.Join(' ', words)}' is not understood."),
    };
}
