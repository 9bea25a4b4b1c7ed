using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Status codes of requests against the block <c>rules</c> above the table, which has no Services (semantics 17).</summary>
internal sealed class StatusTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["status", "request", "because"];

    public void Run(MarkdownRow row)
    {
        var (host, target) = RequestText.Split(row["request"]);
        var table = RulesBlock.Compile(row.Table.Scenario("rules"));
        var match = table.Match(host, target);

        Assert.Equal(row["status"], match.Route is { Service: { } service } ? DestinationStatusCode(table, service) : RequestText.Outcome(match));
    }

    private static string DestinationStatusCode(IngressRouteTable table, ServiceReference service)
        => table.GetDestinations(service).Status == DestinationStatus.Ready ? "200" : "503";
}
