using Ingress.Routing.Comparison;
using Ingress.Routing.Expectations;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes what is known about an expectation that is not met, a line each, for people.</summary>
internal static class TestFailureText
{
    private const int MostLosers = 3;

    /// <summary>What was expected, what it is, and why.</summary>
    public static IEnumerable<string> Of(IngressRouteTable table, ExpectationResult result)
    {
        foreach (var failure in result.Failures)
        {
            yield return $"expected  {failure.Expected}";
            yield return $"got       {failure.Actual}";
        }

        if (result.Request is { } request)
        {
            yield return $"request   {NameOf(request, result.Expectation)}";
        }

        if (result.Certificate is not null)
        {
            yield return $"handshake {(string.IsNullOrEmpty(result.ServerName) ? "without a server name" : result.ServerName)}";
            yield return $"because   {table.Explain(host: null, "/", result.ServerName ?? "").Certificate!.Message}";
        }

        foreach (var line in Explain(table, result))
        {
            yield return line;
        }
    }

    // As it was written, where it was.
    private static string NameOf(RequestWitness witness, Expectation expectation)
    {
        if (expectation is not RequestExpectation request)
        {
            return witness.Url;
        }

        var method = request.Method is null ? "" : $"{request.Method} ";
        return method + request.Url + (request.Host is null ? "" : $" with Host: {request.Host}");
    }

    // Why it went there, and why whatever else fits the path did not get it.
    private static IEnumerable<string> Explain(IngressRouteTable table, ExpectationResult result)
    {
        if (result is not { Request: { } request, Answer: { } answer })
        {
            yield break;
        }

        yield return answer switch
        {
            { Route: { } route } => $"because   {RouteOrigin.Describe(route)}",
            { Status: IngressMatchStatus.BadRequest } => "because   the host or the target is malformed",
            _ => $"because   no rule and no default backend takes {table.Match(request.Host, request.Target).Path}",
        };

        var losers = table.Explain(request.Host, request.Target).Claims.Where(static claim => claim is
        {
            Mismatch: null,
            Outcome: not (ClaimOutcome.Wins or ClaimOutcome.NoPaths),
        });
        foreach (var claim in losers.Take(MostLosers))
        {
            var place = claim.Location is { } location ? $"{location.File}:{location.Line}, " : "";
            yield return $"lost      {place}{claim.PathType} {claim.PathAsWritten} of Ingress {claim.Ingress.Name}. {claim.Message}";
        }
    }
}
