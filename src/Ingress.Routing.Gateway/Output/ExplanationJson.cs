using System.Text.Json.Serialization;
using Ingress.Routing.Explanation;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Model;

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

    public required string? CanonicalHost { get; init; }

    public required string? CanonicalPath { get; init; }

    public required string Query { get; init; }

    public required ProblemJson? Problem { get; init; }

    public required IReadOnlyList<StepJson> HostSteps { get; init; }

    public required IReadOnlyList<StepJson> TargetSteps { get; init; }

    public required IReadOnlyList<BucketJson> Hosts { get; init; }

    public required IReadOnlyList<ClaimJson> Paths { get; init; }

    public required IReadOnlyList<DefaultJson> Defaults { get; init; }

    public required BackendJson? Backend { get; init; }

    public required CertificateJson? Certificate { get; init; }

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
        CanonicalHost = explanation.Host,
        CanonicalPath = explanation.Path,
        Query = explanation.Query,
        Problem = explanation.Problem is { } problem
            ? new(JsonName.Of(problem.Kind), problem.Text, problem.Position, problem.Message)
            : null,
        HostSteps = StepJson.From(explanation.HostSteps),
        TargetSteps = StepJson.From(explanation.TargetSteps),
        Hosts = [.. explanation.Buckets.Select(BucketJson.From)],
        Paths = [.. explanation.Claims.Select(ClaimJson.From)],
        Defaults = [.. explanation.Defaults.Select(DefaultJson.From)],
        Backend = explanation.Backend is { } backend ? BackendJson.From(backend) : null,
        Certificate = explanation.Certificate is { } certificate ? CertificateJson.From(certificate) : null,
    };

    internal sealed record ProblemJson(string Kind, string Text, int? Position, string Message);

    internal sealed record StepJson(string Rule, string Before, string After, string Message)
    {
        public static IReadOnlyList<StepJson> From(IReadOnlyList<CanonicalizationStep> steps)
            => [.. steps.Select(step => new StepJson(JsonName.Of(step.Rule), step.Before, step.After, step.Message))];
    }

    internal sealed record BucketJson(string Kind, string? Host, string Outcome, IReadOnlyList<string> Ingresses, string Message)
    {
        public static BucketJson From(BucketExplanation bucket) => new(
            JsonName.Of(bucket.Kind),
            bucket.Host,
            JsonName.Of(bucket.Outcome),
            [.. bucket.Claimants.Select(name => name.ToString())],
            bucket.Message);
    }

    internal sealed record MismatchJson(int Element, string? Expected, string? Actual);

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

    internal sealed record EndpointJson(string Slice, string Address, int? Port, string Outcome, PlaceJson? Location);

    internal sealed record CertificateClaimJson(
        string Ingress, string Field, string Host, string? Secret, string Outcome, string Message, PlaceJson? Location);

    internal sealed record PlaceJson(string File, int Line, int Column)
    {
        public static PlaceJson? From(SourceLocation? location)
            => location is { } place ? new(place.File, place.Line, place.Column) : null;
    }

    internal sealed record ClaimJson
    {
        public required string Ingress { get; init; }

        public required string Field { get; init; }

        public required string? Host { get; init; }

        public required string? Path { get; init; }

        public required string? PathAsWritten { get; init; }

        public required string? PathType { get; init; }

        public required string? Service { get; init; }

        [JsonConverter(typeof(PortJsonConverter))]
        public required ServiceBackendPort? Port { get; init; }

        public required ResourceJson? Resource { get; init; }

        public required string Outcome { get; init; }

        public required string? OutrankedBy { get; init; }

        public required MismatchJson? Mismatch { get; init; }

        public required IReadOnlyList<DiagnosticJson> Diagnostics { get; init; }

        public required string Message { get; init; }

        public required PlaceJson? Location { get; init; }

        public static ClaimJson From(ClaimExplanation claim) => new()
        {
            Ingress = claim.Ingress.Name.ToString(),
            Field = claim.Field,
            Host = claim.Host,
            Path = claim.Path,
            PathAsWritten = claim.PathAsWritten,
            PathType = claim.Path is null ? null : claim.PathType.ToString(),
            Service = claim.Backend?.Service is { } service ? new NamespacedName(claim.Ingress.Name.Namespace, service.Name).ToString() : null,
            Port = claim.Backend?.Service?.Port,
            Resource = ResourceJson.From(claim.Backend?.Resource),
            Outcome = JsonName.Of(claim.Outcome),
            OutrankedBy = claim.OutrankedBy is { } step ? JsonName.Of(step) : null,
            Mismatch = claim.Mismatch is { } mismatch ? new(mismatch.Element, mismatch.Expected, mismatch.Actual) : null,
            Diagnostics = DiagnosticPrinter.ToJson(claim.Diagnostics),
            Message = claim.Message,
            Location = PlaceJson.From(claim.Location),
        };
    }

    internal sealed record BackendJson
    {
        public required string? Service { get; init; }

        [JsonConverter(typeof(PortJsonConverter))]
        public required ServiceBackendPort? Port { get; init; }

        public required ResourceJson? Resource { get; init; }

        public required bool IsServed { get; init; }

        public required string? Status { get; init; }

        public required string? AppProtocol { get; init; }

        public required IReadOnlyList<EndpointJson> Endpoints { get; init; }

        public required string Message { get; init; }

        public required PlaceJson? Location { get; init; }

        public required PlaceJson? ServiceLocation { get; init; }

        public static BackendJson From(BackendExplanation backend) => new()
        {
            Service = backend.Service?.Name.ToString(),
            Port = backend.Service?.Port,
            Resource = ResourceJson.From(backend.Resource),
            IsServed = backend.IsServed,
            Status = backend.Service is null ? null : JsonName.Of(backend.Status),
            AppProtocol = backend.AppProtocol,
            Endpoints =
            [
                .. backend.Endpoints.Select(endpoint => new EndpointJson(
                    endpoint.Slice.ToString(), endpoint.Address, endpoint.Port, JsonName.Of(endpoint.Outcome), PlaceJson.From(endpoint.Location))),
            ],
            Message = backend.Message,
            Location = PlaceJson.From(backend.Location),
            ServiceLocation = PlaceJson.From(backend.ServiceLocation),
        };
    }

    internal sealed record CertificateJson
    {
        public required string? ServerName { get; init; }

        public required IReadOnlyList<StepJson> Steps { get; init; }

        public required string Outcome { get; init; }

        public required string? Secret { get; init; }

        public required IReadOnlyList<string> DnsNames { get; init; }

        public required DateTimeOffset? NotBefore { get; init; }

        public required DateTimeOffset? NotAfter { get; init; }

        public required IReadOnlyList<CertificateClaimJson> Entries { get; init; }

        public required string Message { get; init; }

        public static CertificateJson From(CertificateExplanation certificate) => new()
        {
            ServerName = certificate.ServerName,
            Steps = StepJson.From(certificate.Steps),
            Outcome = JsonName.Of(certificate.Outcome),
            Secret = certificate.Certificate?.Secret.Name.ToString(),
            DnsNames = certificate.Certificate?.DnsNames ?? [],
            NotBefore = certificate.Certificate?.NotBefore,
            NotAfter = certificate.Certificate?.NotAfter,
            Entries =
            [
                .. certificate.Claims.Select(claim => new CertificateClaimJson(
                    claim.Ingress.ToString(), claim.Field, claim.Host, claim.Secret?.ToString(), JsonName.Of(claim.Outcome), claim.Message, PlaceJson.From(claim.Location))),
            ],
            Message = certificate.Message,
        };
    }
}
