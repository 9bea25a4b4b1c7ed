using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Who decides the TLS policy of a host, against the block <c>policies</c> above the table (D23).</summary>
internal sealed class TlsDeciderTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["host", "decided by", "because"];

    public void Run(MarkdownRow row)
    {
        var table = PoliciesBlock.Compile(row.Table.Scenario("policies"));

        Assert.Equal(row["decided by"], table.PoliciesOf(row["host"] == "(none)" ? null : row.Code("host")).Source?.ToString());
    }
}
