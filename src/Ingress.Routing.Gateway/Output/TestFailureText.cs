using Ingress.Routing.Comparison;
using Ingress.Routing.Expectations;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes what is known about an expectation that is not met, a line each, for people.</summary>
internal static class TestFailureText
{
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
            return witness.Url;
        }

        var method = request.Method is null ? "" : $"{request.Method} ";
        return method + request.Url + (request.Host is null ? "" : $" with Host: {request.Host}");
    }

    // The one place that says why. It knows the route that won; whoever can tell why the others lost says so here.
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
    }
}
