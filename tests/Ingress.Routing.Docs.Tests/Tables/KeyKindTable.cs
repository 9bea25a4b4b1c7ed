using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Server names and clients against the block <c>tls</c> above the table (semantics 11.8).</summary>
internal sealed class KeyKindTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["server name", "client verifies", "certificate", "because"];

    public void Run(MarkdownRow row)
    {
        var table = TlsBlock.Compile(row.Table.Scenario("tls"));
        var expected = row["certificate"] == "default" ? TlsBlock.DefaultSecret : row["certificate"];
        var offered = row["client verifies"] switch
        {
            "RSA" => CertificateKeyKinds.Rsa,
            "ECDSA" => CertificateKeyKinds.Ecdsa,
            "both" => CertificateKeyKinds.All,
            var other => throw new FormatException($"The kind '{other}' is not understood."),
        };

        Assert.Equal(expected, table.FindCertificate(row.Code("server name"), offered)?.Secret.Name.Name);
    }
}
