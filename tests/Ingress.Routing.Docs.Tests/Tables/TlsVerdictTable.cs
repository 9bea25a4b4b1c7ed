using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Requests on connections against the block <c>policies</c> above the table (semantics 12).</summary>
internal sealed class TlsVerdictTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["server name", "host", "answer", "because"];

    public void Run(MarkdownRow row)
    {
        var table = PoliciesBlock.Compile(row.Table.Scenario("policies"));
        var host = row.Code("host");
        var handshake = row["server name"] switch
        {
            "(http)" => null,
            "(none)" => table.BeginHandshake(""),
            _ => table.BeginHandshake(row.Code("server name")),
        };

        var verdict = table.EvaluateTls(host, "/", isHttps: handshake is not null, handshake);

        Assert.Equal(row["answer"], verdict switch
        {
            TlsVerdict.Misdirected => "421",
            TlsVerdict.CertificateRequired => "403",
            TlsVerdict.RedirectToHttps => "redirected",
            _ => "served",
        });
    }
}
