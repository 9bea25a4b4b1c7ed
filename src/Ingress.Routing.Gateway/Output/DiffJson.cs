using System.Text.Json;
using System.Text.Json.Serialization;
using Ingress.Routing.Comparison;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>A comparison as <c>diff --format json</c> shows it.</summary>
internal sealed record DiffJson
{
    public required IReadOnlyList<RequestChange> Requests { get; init; }

    public required IReadOnlyList<CertificateChange> Certificates { get; init; }

    public required IReadOnlyList<DestinationChange> Destinations { get; init; }

    public static void Write(RouteTableComparison comparison, TextWriter output)
        => output.WriteLine(JsonSerializer.Serialize(From(comparison), GatewayJson.Lists.DiffJson));

    private static DiffJson From(RouteTableComparison comparison) => new()
    {
        Requests = [.. comparison.Hosts.SelectMany(static host => host.Routes).Select(static route => new RequestChange
        {
            Hosts = [.. route.Hosts.Select(Host.From)],
            Paths = [.. route.Paths.Ranges.Select(PathJson.From)],
            Before = Answer.From(route.Before),
            After = Answer.From(route.After),
            Witness = new() { Url = route.Witness.Url, Host = route.Witness.Host, Target = route.Witness.Target },
        })],
        Certificates = [.. comparison.Certificates.Select(static difference => new CertificateChange
        {
            ServerNames = [.. difference.Names.Select(Host.From)],
            Before = Certificate.From(difference.Before),
            After = Certificate.From(difference.After),
            Witness = difference.Witness,
        })],
        Destinations = [.. comparison.Destinations.Select(static difference => new DestinationChange
        {
            Service = difference.Service.Name.ToString(),
            Port = difference.Service.Port,
            Before = JsonNamingPolicy.CamelCase.ConvertName(difference.Before.ToString()),
            After = JsonNamingPolicy.CamelCase.ConvertName(difference.After.ToString()),
        })],
    };

    internal sealed record RequestChange
    {
        public required IReadOnlyList<Host> Hosts { get; init; }

        public required IReadOnlyList<PathJson> Paths { get; init; }

        public required Answer Before { get; init; }

        public required Answer After { get; init; }

        public required Request Witness { get; init; }
    }

    internal sealed record Request
    {
        public required string Url { get; init; }

        public required string Host { get; init; }

        public required string Target { get; init; }
    }

    /// <summary>Hosts or server names. What is left out of <c>*</c> would be every host there is, so it is not listed.</summary>
    internal sealed record Host
    {
        public required string Kind { get; init; }

        public required string Pattern { get; init; }

        public required IReadOnlyList<string>? Except { get; init; }

        public static Host From(HostRegion region) => new()
        {
            Kind = JsonNamingPolicy.CamelCase.ConvertName(region.Kind.ToString()),
            Pattern = region.Pattern,
            Except = region.Kind == HostRegionKind.Other ? null : region.Except,
        };
    }

    internal sealed record PathJson
    {
        public required string Path { get; init; }

        public required bool Exact { get; init; }

        public required IReadOnlyList<PathJson> Except { get; init; }

        public static PathJson From(PathRange range)
            => new() { Path = range.Path, Exact = range.IsExact, Except = [.. range.Except.Select(From)] };
    }

    internal sealed record Answer
    {
        public required int? Status { get; init; }

        public required string? Service { get; init; }

        [JsonConverter(typeof(PortJsonConverter))]
        public required ServiceBackendPort? Port { get; init; }

        public required ResourceJson? Resource { get; init; }

        public required IReadOnlyList<string> Policies { get; init; }

        public required string? Ingress { get; init; }

        public required string? Field { get; init; }

        public required string? File { get; init; }

        public required int? Line { get; init; }

        public required int? Column { get; init; }

        public static Answer From(RequestAnswer answer) => new()
        {
            Status = answer.StatusCode,
            Service = answer.Service?.Name.ToString(),
            Port = answer.Service?.Port,
            Resource = ResourceJson.From(answer.Resource),
            Policies = [.. answer.Policies.All.Select(static policy => policy.Describe())],
            Ingress = answer.Route is { Source.IsConfigured: false } route ? route.Source.Name.ToString() : null,
            Field = answer.Route is { Source.IsConfigured: false } ? answer.Route.Source.Field : null,
            File = answer.Location?.File,
            Line = answer.Location?.Line,
            Column = answer.Location?.Column,
        };
    }

    internal sealed record CertificateChange
    {
        public required IReadOnlyList<Host> ServerNames { get; init; }

        public required Certificate? Before { get; init; }

        public required Certificate? After { get; init; }

        public required string Witness { get; init; }
    }

    /// <summary>A certificate; null stands for a refused handshake.</summary>
    internal sealed record Certificate
    {
        public required string Secret { get; init; }

        public required string Fingerprint { get; init; }

        public required string? File { get; init; }

        public required int? Line { get; init; }

        public static Certificate? From(CertificateAnswer answer) => answer.Certificate is null ? null : new()
        {
            Secret = answer.Secret.ToString()!,
            Fingerprint = answer.Fingerprint!,
            File = answer.Location?.File,
            Line = answer.Location?.Line,
        };
    }

    internal sealed record DestinationChange
    {
        public required string Service { get; init; }

        [JsonConverter(typeof(PortJsonConverter))]
        public required ServiceBackendPort? Port { get; init; }

        public required string Before { get; init; }

        public required string After { get; init; }
    }
}
