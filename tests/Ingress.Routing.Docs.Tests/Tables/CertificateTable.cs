using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Server names against the block <c>tls</c> above the table (semantics 11).</summary>
internal sealed class CertificateTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["server name", "certificate", "because"];

    public void Run(MarkdownRow row)
    {
        var table = TlsBlock.Compile(row.Table.Scenario("tls"));
        var expected = row["certificate"] == "default" ? TlsBlock.DefaultSecret : row["certificate"];

        Assert.Equal(expected, table.FindCertificate(row.Code("server name"))?.Secret.Name.Name);
    }
}
