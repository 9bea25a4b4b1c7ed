using System.Text.Json.Serialization;
using Ingress.Routing.Explanation;
using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Output;

/// <summary>An explanation as <c>explain --format json</c> shows it; members that do not apply are null.</summary>
internal sealed record ExplanationJson
{
    public required string Url { get; init; }

    public required string Host { get; init; }

    public required string Target { get; init; }

    public required string Outcome { get; init; }

    public required int? StatusCode { get; init; }

    public required string Message { get; init; }

    public required RouteJson? Route { get; init; }

    public required string? ForwardedTarget { get; init; }

    public required string? Location { get; init; }

    public required IReadOnlyList<PolicyJson> Policies { get; init; }

    public required string? CanonicalHost { get; init; }

    public required string? CanonicalPath { get; init; }

    public required string Query { get; init; }

    public required ProblemJson? Problem { get; init; }

    public required IReadOnlyList<StepJson> HostSteps { get; init; }

    public required IReadOnlyList<StepJson> TargetSteps { get; init; }

    public required IReadOnlyList<BucketJson> Hosts { get; init; }

    public required IReadOnlyList<ExplainedPathJson> Paths { get; init; }

    public required IReadOnlyList<DefaultJson> Defaults { get; init; }

    public required ExplainedBackendJson? Backend { get; init; }

    /// <summary>How requests like this one are shared among several Services; left out when there is one backend.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShareJson>? Shares { get; init; }

    public required ExplainedTlsJson? Tls { get; init; }

    public required ExplainedCertificateJson? Certificate { get; init; }

    public static ExplanationJson From(ExplainedRequest request, MatchExplanation explanation) => new()
    {
        Url = request.Url,
        Host = request.Host,
        Target = request.Target,
        Outcome = JsonName.Of(explanation.Status),
        StatusCode = explanation.StatusCode,
        Message = explanation.Message,
        Route = explanation.Route is { } route ? RouteJson.From(route) : null,
        ForwardedTarget = explanation.ForwardedTarget,
        Location = explanation.Location,
        Policies = [.. explanation.Policies.Select(static policy => new PolicyJson(policy.Description, policy.Outcome))],
        CanonicalHost = explanation.Host,
        CanonicalPath = explanation.Path,
        Query = explanation.Query,
        Problem = explanation.Problem is { } problem
            ? new(JsonName.Of(problem.Kind), problem.Text, problem.Position, problem.Message)
            : null,
        HostSteps = StepJson.From(explanation.HostSteps),
        TargetSteps = StepJson.From(explanation.TargetSteps),
        Hosts = [.. explanation.Buckets.Select(BucketJson.From)],
        Paths = [.. explanation.Claims.Select(ExplainedPathJson.From)],
        Defaults = [.. explanation.Defaults.Select(DefaultJson.From)],
        Backend = explanation.Backend is { } backend ? ExplainedBackendJson.From(backend) : null,
        Shares = explanation.Shares.Count == 0
            ? null
            : [.. explanation.Shares.Select(static share => new ShareJson(share.Service.ToString(), share.Share, share.IsCanary, JsonName.Of(share.Reason)))],
        Tls = explanation.Tls is { } tls ? ExplainedTlsJson.From(tls) : null,
        Certificate = explanation.Certificate is { } certificate ? ExplainedCertificateJson.From(certificate) : null,
    };

    internal sealed record ShareJson(string Service, double Share, bool IsCanary, string Reason);

    internal sealed record PolicyJson(string Description, string? Outcome);

    internal sealed record ProblemJson(string Kind, string Text, int? Position, string Message);

    internal sealed record BucketJson(
        string Kind, string? Host, string Outcome, IReadOnlyList<string> Ingresses, string? Similar, string Message)
    {
        public static BucketJson From(BucketExplanation bucket) => new(
            JsonName.Of(bucket.Kind),
            bucket.Host,
            JsonName.Of(bucket.Outcome),
            [.. bucket.Claimants.Select(name => name.ToString())],
            bucket.Similar,
            bucket.Message);
    }

    internal sealed record DefaultJson(
        string Step, string Outcome, string? Ingress, IReadOnlyList<string> PassedOver, string Message, PlaceJson? Location)
    {
        public static DefaultJson From(DefaultBackendExplanation step) => new(
            JsonName.Of(step.Step),
            JsonName.Of(step.Outcome),
            step.Ingress?.ToString(),
            [.. step.PassedOver.Select(name => name.ToString())],
            step.Message,
            PlaceJson.From(step.Location));
    }
}
