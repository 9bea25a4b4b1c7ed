using System.Globalization;
using Ingress.Routing.Explanation;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes an explanation for people: the answer first, then why, then what lost.</summary>
/// <param name="output">Takes the text.</param>
/// <param name="style">The colours.</param>
/// <param name="showAll">Whether every path that lost is shown.</param>
internal sealed class ExplanationPrinter(TextWriter output, TerminalStyle style, bool showAll)
{
    public void Write(ExplainedRequest request, MatchExplanation explanation)
    {
        WriteAnswer(request, explanation);
        WriteWhy(request, explanation);
        WriteDefaults(explanation);
        WriteLosers(explanation);
        WriteBackend(explanation);
        WriteCertificate(explanation);
    }

    private void WriteAnswer(ExplainedRequest request, MatchExplanation explanation)
    {
        if (explanation.Tls is { Verdict: not TlsVerdict.Serve } refusal)
        {
            Line(style.Bad($"{explanation.StatusCode}: the TLS policy of the host does not let this request pass."));
            Line($"  {Printable(refusal.Message)}");
            Line("Otherwise:");
        }

        if (explanation.Route is not { } route)
        {
            var isMalformed = explanation.Problem is not null;
            Line(style.Bad(isMalformed ? "400 Bad Request: the request is malformed." : "404 Not Found: nothing takes this request."));
            WriteProblem(explanation);
            return;
        }

        var answer = explanation.Policies.FirstOrDefault(static policy => policy.IsAnswer);
        Line(answer is null ? style.Good($"Goes to {GoesTo(explanation, route)}") : style.Doubtful(Printable($"{answer.Outcome}: a policy of the route answers, and no backend is asked.")));
        foreach (var share in explanation.Shares.Where(_ => answer is null && explanation.Shares.Count > 1))
        {
            var reason = share.IsCanary ? ", the canary" : "";
            Line(string.Create(CultureInfo.InvariantCulture, $"  {100 * share.Share,5:0.##} %  {Printable($"Service {share.Service.Name}, port {share.Service.Port}")}{reason}"));
        }

        Field("by", ClaimOf(route));
        if (route.Conditions.Count > 0)
        {
            Field("for", Printable(route.Conditions.ToString()));
        }

        if (explanation.Shares is [{ Reason: BackendReason.CanaryHeader or BackendReason.CanaryCookie } decided] && route.Split?.Canary is { } canary)
        {
            var what = decided.Reason == BackendReason.CanaryHeader ? $"header {canary.Rule.Header}" : $"cookie {canary.Rule.Cookie}";
            Field("via", Printable($"the {what} {(decided.IsCanary ? "takes" : "keeps away from")} the canary of Ingress {canary.Source}"));
        }
        if (route.Source.Location is { } place)
        {
            Field("at", Printable(place.ToString()));
        }

        if (answer is null)
        {
            Field("as", explanation.ForwardedTarget!);
        }

        foreach (var policy in explanation.Policies)
        {
            Field("via", Printable(policy.Outcome is { } outcome ? $"{policy.Description} -> {outcome}" : policy.Description));
        }

        if (route.Split is { Canary: { } idle } split && split.SharesOf(request.Sent)[0].IsCanary && !explanation.Shares[0].IsCanary)
        {
            Field("but", style.Doubtful(Printable($"the canary of Ingress {idle.Source} has no ready endpoint, and takes no requests")));
        }

        if (answer is null && explanation.Backend is { IsServed: false } backend)
        {
            Field("but", style.Doubtful(Printable(backend.Message)));
        }

        if (explanation.Tls is { Verdict: TlsVerdict.Serve, Policies.Source: not null } tls)
        {
            Field("via", Printable(tls.Message));
        }

        if (explanation.Certificate is { } certificate)
        {
            var message = Printable(certificate.Message);
            Field("TLS", certificate.Outcome == CertificateOutcome.Refused ? style.Bad(message) : message);
        }
    }

    private void WriteProblem(MatchExplanation explanation)
    {
        if (explanation.Problem is not { } problem)
        {
            Line($"  {Printable(explanation.Message)}");
            return;
        }

        Line($"  {Printable(problem.Message)}");
        if (problem.Position is { } position)
        {
            // The caret stands below what a terminal shows of the text before it.
            var before = Printable(problem.Text[..position]);
            Line($"  {before}{Printable(problem.Text[position..])}");
            Line($"  {new string(' ', before.Length)}{style.Bad("^")}");
        }
    }

    private void WriteWhy(ExplainedRequest request, MatchExplanation explanation)
    {
        if (explanation.Host is not { } host)
        {
            return;
        }

        Section("Why");
        WriteSteps("Host", request.Host, host.Length == 0 ? "(none)" : host, explanation.HostSteps);
        WriteSteps("Path", request.Target, explanation.Path!, explanation.TargetSteps);
        foreach (var (i, bucket) in explanation.Buckets.DistinctBy(static bucket => bucket.Message).Index())
        {
            var label = i == 0 ? "Rules" : "     ";
            Line(bucket.Outcome == BucketOutcome.Chosen
                ? $"  {label} -> {Printable(bucket.Message)}"
                : $"  {label}    {style.Faint(Printable(bucket.Message))}");
        }

        if (explanation.Claims.FirstOrDefault(static claim => claim.Outcome == ClaimOutcome.Wins) is { } winner)
        {
            var paths = explanation.Claims.Count(static claim => claim is { Path: not null, Diagnostics.Count: 0, Outcome: not ClaimOutcome.Canary });
            var name = Printable($"{winner.PathType} {winner.PathAsWritten}");
            Line($"  Wins  -> {name}, the first in order of precedence that fits, of {PrintableText.Count(paths, "path")}.");
        }
    }

    private void WriteSteps(string what, string received, string canonical, IReadOnlyList<CanonicalizationStep> steps)
    {
        Line($"  {what,-5}    {Printable(steps.Count == 0 ? canonical : received)}");
        var width = steps.Select(static step => Printable(step.After).Length).DefaultIfEmpty().Max();
        foreach (var step in steps)
        {
            Line($"        -> {Printable(step.After).PadRight(width)}  {style.Faint(step.Message)}");
        }
    }

    private void WriteDefaults(MatchExplanation explanation)
    {
        if (explanation.Defaults.Count == 0)
        {
            return;
        }

        Section("No path fits, so the default backends are asked in order");
        foreach (var step in explanation.Defaults.Where(static step => step.Outcome != DefaultBackendOutcome.NotReached))
        {
            var isChosen = step.Outcome == DefaultBackendOutcome.Chosen;
            var text = $"{(isChosen ? "->" : "  ")} {Printable(step.Message)}{Place(step.Location)}";
            Line($"  {(isChosen ? text : style.Faint(text))}");
        }
    }

    private void WriteLosers(MatchExplanation explanation)
    {
        if (explanation.Claims.Any(static claim => claim.Outcome != ClaimOutcome.Wins))
        {
            Section(explanation.Status == IngressMatchStatus.Rule ? "What lost" : "What does not fit");
            LostPathTable.Write(explanation.Claims, showAll, style, output);
        }
    }

    private void WriteBackend(MatchExplanation explanation)
    {
        if (explanation.Backend is not { Endpoints.Count: > 0 } backend)
        {
            return;
        }

        Section("Service");
        Line($"  {Printable(backend.Message)}{Place(backend.ServiceLocation)}");
        foreach (var endpoint in backend.Endpoints)
        {
            var port = endpoint.Port is { } number ? $" port {number}" : "";
            Line($"  {Printable($"{endpoint.Address}{port}")}   {NameOf(endpoint.Outcome)}{Place(endpoint.Location)}");
        }
    }

    private void WriteCertificate(MatchExplanation explanation)
    {
        if (explanation.Certificate is not { Claims.Count: > 0 } certificate)
        {
            return;
        }

        Section($"Certificate for {Printable(certificate.ServerName!)}");
        Line($"  {Printable(certificate.Message)}");
        foreach (var claim in certificate.Claims)
        {
            var isChosen = claim.Outcome == CertificateClaimOutcome.Chosen;
            var text = Printable($"{claim.Host} in Ingress {claim.Ingress}: {claim.Message}") + Place(claim.Location);
            Line(isChosen ? $"  -> {text}" : $"     {style.Faint(text)}");
        }
    }

    private static string GoesTo(MatchExplanation explanation, IngressRoute route) => explanation.Shares switch
    {
        { Count: > 1 } => "one of several Services, by weight",
        [var only] => Printable($"Service {only.Service.Name}, port {only.Service.Port}"),
        _ => BackendOf(route),
    };

    private static string BackendOf(IngressRoute route) => route.Service is { } service
        ? Printable($"Service {service.Name}, port {service.Port}")
        : Printable(RoutePrinter.BackendOf(route));

    private static string ClaimOf(IngressRoute route)
    {
        var claim = route switch
        {
            { Path: not null } => $"{route.PathType} {route.PathAsWritten} of {route.Host ?? "all hosts"}, in {route.Source}",
            { Source.IsConfigured: false } => $"the default backend of {route.Source}",
            _ => "the configured default backend",
        };
        return Printable(claim);
    }

    private static string NameOf(EndpointOutcome outcome) => outcome switch
    {
        EndpointOutcome.Ready => "ready",
        EndpointOutcome.NotReady => "not ready",
        EndpointOutcome.Terminating => "on its way out, and used because none is ready",
        EndpointOutcome.PortMissing => "does not have the port of the Service",
        _ => "may not be used",
    };

    private static string Place(SourceLocation? location) => location is { } place ? Printable($" ({place})") : "";

    private static string Printable(string text) => PrintableText.Escape(text);

    private void Section(string heading)
    {
        Line("");
        Line(style.Heading(heading));
    }

    private void Field(string name, string value) => Line($"  {name,-3}  {value}");

    private void Line(string text) => output.WriteLine(text);
}
