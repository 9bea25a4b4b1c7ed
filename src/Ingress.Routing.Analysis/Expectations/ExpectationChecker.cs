using Ingress.Routing.Comparison;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Expectations;

/// <summary>Tells whether a table does what is expected of it.</summary>
/// <param name="table">The table.</param>
/// <remarks>Not thread-safe; it keeps what it has worked out about the table for the next expectation.</remarks>
public sealed class ExpectationChecker(IngressRouteTable table)
{
    private readonly NeverChecker _never = new(table);

    /// <summary>Checks one expectation.</summary>
    /// <param name="expectation">What is expected. Whatever it says, it is met or not; it never throws.</param>
    /// <returns>
    /// The result. What says that something is not there (a <see cref="NeverExpectation"/>, the status 404, a refused handshake) is not met when
    /// the sources report an error: what could not be read might hold it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="expectation"/> is null.</exception>
    public ExpectationResult Check(Expectation expectation)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        var result = expectation is RequestExpectation request ? Check(request) : _never.Check((NeverExpectation)expectation);
        return result.IsMet && IsAboutAbsence(expectation) && Unread() is { } failure ? result.With(failure) : result;
    }

    // What could not be read may hold the very rule that is not to be there. An empty table would meet each of these.
    private static bool IsAboutAbsence(Expectation expectation)
        => expectation is NeverExpectation or RequestExpectation { ExpectsRefusal: true } or RequestExpectation { StatusCode: 404 };

    private ExpectationFailure? Unread()
    {
        var errors = table.SourceDiagnostics.Where(static diagnostic => diagnostic.Severity == IngressDiagnosticSeverity.Error).ToList();
        var more = errors.Count > 1 ? $" ({errors.Count - 1} more)" : "";
        return errors.Count == 0
            ? null
            : new() { Subject = "manifests", Expected = "manifests that can be read as a whole", Actual = $"{errors[0]}{more}" };
    }

    private ExpectationResult Check(RequestExpectation expectation)
    {
        var url = RequestUrl.Parse(expectation.Url);
        var host = expectation.Host ?? url.Host;
        var sent = new RouteRequest { Method = expectation.Method ?? "GET", Headers = expectation.Headers, ClientAddress = expectation.ClientAddress };
        var match = table.Match(host, url.Target, sent);
        var answer = RequestAnswer.Of(table, match);
        var outcome = OutcomeOf(match, host, url, sent);
        var failures = new List<ExpectationFailure>();
        CheckBackend(expectation, answer, ServicesOf(match.Route, sent), failures);
        CheckStatus(expectation, answer, outcome, failures);
        CheckPolicies(expectation, match, outcome, failures);

        var looksAtCertificate = expectation.Certificate is not null || expectation.ExpectsRefusal;
        var serverName = looksAtCertificate ? expectation.ServerName ?? ServerNameOf(url.Host) : null;
        var certificate = looksAtCertificate ? CertificateAnswer.Of(table.FindCertificate(serverName)) : null;
        CheckCertificate(expectation, certificate, failures);

        return new(expectation)
        {
            Failures = failures,
            Request = new(host, url.Target) { Sent = sent },
            Answer = answer,
            ServerName = serverName,
            Certificate = certificate,
        };
    }

    // By the rules alone: most manifests hold no endpoints.
    private static List<ServiceReference> ServicesOf(IngressRoute? route, RouteRequest sent)
        => route?.Split is { } split ? [.. split.SharesOf(sent).Select(static share => share.Service)]
            : route?.Service is { } only ? [only]
            : [];

    private static void CheckBackend(
        RequestExpectation expectation, RequestAnswer answer, List<ServiceReference> services, List<ExpectationFailure> failures)
    {
        if (expectation.Service is { } service
            && !services.Exists(actual => actual.Name == service && (expectation.Port is null || actual.Port.ToString() == expectation.Port.ToString())))
        {
            var suffix = expectation.Port is null ? "" : $":{expectation.Port}";
            failures.Add(new() { Subject = "service", Expected = $"{service}{suffix}", Actual = answer.Route?.Split is not null ? string.Join(" or ", services) : answer.ToString() });
        }

        if (expectation.Resource is { } resource && (answer.Resource is null || answer.Backend != resource))
        {
            failures.Add(new() { Subject = "resource", Expected = resource, Actual = answer.ToString() });
        }
    }

    private static void CheckStatus(RequestExpectation expectation, RequestAnswer answer, PolicyOutcome outcome, List<ExpectationFailure> failures)
    {
        var answered = outcome.IsAnswer ? outcome.Status : answer.StatusCode;
        if (expectation.StatusCode is { } status && answered != status)
        {
            var actual = outcome.IsAnswer ? $"{outcome.Status} by a policy" : answer.StatusCode == 503 ? $"503 for {answer}" : answer.ToString();
            failures.Add(new() { Subject = "status", Expected = $"{status}", Actual = actual });
        }
    }

    private static void CheckPolicies(RequestExpectation expectation, IngressMatch match, PolicyOutcome outcome, List<ExpectationFailure> failures)
    {
        if (expectation.RedirectLocation is { } location && outcome.Location != location)
        {
            failures.Add(new() { Subject = "location", Expected = location, Actual = outcome.Location ?? "no redirect" });
        }

        if (expectation.Target is { } target)
        {
            var actual = match.Route is null ? "no route" : outcome.IsAnswer ? $"{outcome.Status} by a policy" : outcome.Target ?? $"{match.Path}{match.Query}";
            if (actual != target)
            {
                failures.Add(new() { Subject = "target", Expected = target, Actual = actual });
            }
        }
    }

    private static PolicyOutcome OutcomeOf(IngressMatch match, string? host, RequestUrl url, RouteRequest sent)
        => match.Route is { } route
            ? route.Policies.Evaluate(new PolicyRequest(match, IngressRouteTable.ReadHost(host, url.Target))
            {
                Method = sent.Method,
                Headers = sent.Headers,
                ClientAddress = sent.ClientAddress,
                Scheme = url.IsHttps ? "https" : "http",
            })
            : PolicyOutcome.Continue;

    private static void CheckCertificate(RequestExpectation expectation, CertificateAnswer? answer, List<ExpectationFailure> failures)
    {
        if (answer is not null && (expectation.ExpectsRefusal ? answer.Certificate is not null : answer.Secret != expectation.Certificate))
        {
            failures.Add(new()
            {
                Subject = "certificate",
                Expected = expectation.ExpectsRefusal ? "a refused handshake" : $"the certificate of {expectation.Certificate}",
                Actual = answer.Certificate is null ? "a refused handshake" : $"that of {answer.Secret}",
            });
        }
    }

    // A client sends the host of the URL, without its port.
    private static string ServerNameOf(string authority) => RequestHost.TryRead(authority, out var host) ? host.Text.ToString() : authority;
}
