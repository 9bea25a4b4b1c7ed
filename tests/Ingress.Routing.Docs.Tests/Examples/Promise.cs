using System.Text.RegularExpressions;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Docs.Tests.Examples;

/// <summary>
/// One line of an example: <c>http://host/path -> namespace/service:port</c>, perhaps with a method in front and a header behind, and with
/// <c> gets /target</c> where the path is rewritten; <c>http://host/path -> 301 location</c>; or <c>certificate host -> namespace/secret</c>.
/// </summary>
internal sealed partial record Promise(string Line, string Subject, string Outcome, bool NeedsControllerName)
{
    private const string Certificate = "certificate ";
    private const string Condition = " with the controller name";

    public static IEnumerable<Promise> Parse(string comment)
    {
        if (Arrow().Match(comment) is { Success: true } match)
        {
            var outcome = match.Groups["outcome"].Value;
            yield return new(
                comment,
                match.Groups["subject"].Value,
                outcome.Replace(Condition, "", StringComparison.Ordinal),
                outcome.EndsWith(Condition, StringComparison.Ordinal));
        }
    }

    public void AssertKept(IngressRouteTable table) => Assert.Equal($"{Subject} -> {Outcome}", $"{Subject} -> {Ask(table)}");

    private string? Ask(IngressRouteTable table)
    {
        if (Subject.StartsWith(Certificate, StringComparison.Ordinal))
        {
            return table.FindCertificate(Subject[Certificate.Length..])?.Secret.Name.ToString();
        }

        var url = Url().Match(Subject);
        var request = new RouteRequest
        {
            Method = url.Groups["method"] is { Success: true } method ? method.Value : "GET",
            Headers = url.Groups["header"].Captures.ToDictionary(header => header.Value.Split(": ")[0], header => header.Value.Split(": ")[1]),
        };
        var match = table.Match(url.Groups["host"].Value, url.Groups["target"].Value, request);
        var outcome = match.Route?.Policies.Evaluate(
            new PolicyRequest(match, url.Groups["host"].Value) { Scheme = url.Groups["scheme"].Value }) ?? PolicyOutcome.Continue;
        return match switch
        {
            _ when outcome.IsAnswer => $"{outcome.Status} {outcome.Location}",
            { Route.Service: { } service } when outcome.Target is { } target => $"{service} gets {target}",
            { Status: IngressMatchStatus.NotFound } => "404",
            { Route: { Resource: { } resource, Source: var source } } => $"{source.Name.Namespace}/{resource.Kind}/{resource.Name}",
            { Route.Split: { } split } => Describe(split.SharesOf(request)),
            { Route: { Service: { } service } } => service.ToString(),
            _ => match.Status.ToString(),
        };
    }

    private static string Describe(IReadOnlyList<BackendShare> shares)
        => shares is [var only] ? only.Service.ToString() : string.Join(" or ", shares.Select(share => $"{share.Service} {100 * share.Share:0} %"));

    [GeneratedRegex("^(?<subject>((?:[A-Z]+ )?https?://|certificate )[^ ]+(?: with [^>]+)?) -> (?<outcome>.+)$")]
    private static partial Regex Arrow();

    [GeneratedRegex("^(?:(?<method>[A-Z]+) )?(?<scheme>https?)://(?<host>[^/]+)(?<target>/[^ ]*)(?: with (?<header>.+))?$")]
    private static partial Regex Url();
}
