using Ingress.Routing.Comparison;
using Ingress.Routing.Expectations;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes what is known about an expectation that is not met, a line each, for people.</summary>
internal static class TestFailureText
{
    private const int MostClaims = 3;

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
            return (witness.Sent.Method == "GET" ? "" : $"{witness.Sent.Method} ") + witness.Url + Headers(witness);
        }

        var method = request.Method is null ? "" : $"{request.Method} ";
        return method + request.Url + (request.Host is null ? "" : $" with Host: {request.Host}") + Headers(witness);
    }

    private static string Headers(RequestWitness witness)
        => string.Concat(witness.Sent.Headers.Select(static header => $" with {header.Key}: {header.Value}"));

    // The route that won; why those did not that should have, or might have; and where the certificate comes from.
    private static IEnumerable<string> Explain(IngressRouteTable table, ExpectationResult result)
    {
        if (result.Request is not { } request)
        {
            yield break;
        }

        var explanation = table.Explain(request.Host, request.Target, result.ServerName, request.Sent);
        yield return $"because   {(explanation.Route is { } route ? RouteOrigin.Describe(route) : explanation.Message)}";
        foreach (var claim in explanation.Claims.Where(claim => IsMissed(claim, result.Expectation)).Take(MostClaims))
        {
            var place = claim.Location is { } location ? $"{location.File}:{location.Line}, " : "";
            var path = claim.Path is null ? "no path" : $"{claim.PathType} {claim.PathAsWritten}";
            yield return $"and not   {place}{path} of Ingress {claim.Ingress.Name}: {claim.Message}";
        }

        if (explanation.Certificate is { } certificate)
        {
            yield return $"and       {certificate.Message}";
        }
    }

    // What names the Service that was expected; without one, whatever fits and lost all the same.
    private static bool IsMissed(ClaimExplanation claim, Expectation expectation) => claim.Outcome != ClaimOutcome.Wins && expectation switch
    {
        RequestExpectation { Service: { } service }
            => claim.Backend?.Service is { } backend && new NamespacedName(claim.Ingress.Name.Namespace, backend.Name) == service,
        RequestExpectation { StatusCode: null } => claim.Mismatch is null,
        _ => false,
    };
}
