using System.Globalization;
using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>A Service port and where its requests can be sent (semantics 13.2).</summary>
internal sealed class DestinationTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["backend port", "Service ports", "endpoints", "destinations"];

    public void Run(MarkdownRow row)
    {
        var snapshot = new ClusterSnapshot
        {
            Services = [.. Service(row)],
            EndpointSlices = [.. row.Codes("endpoints").Where(static text => !IsMirrored(text)).Select(Slice)],
            Endpoints = [.. row.Codes("endpoints").Where(IsMirrored).Select(Endpoints)],
        };
        var destinations = IngressRouteTable.Compile(snapshot).GetDestinations(new(new(null, "web"), Port(row.Code("backend port")!)));

        Assert.Equal(
            row["destinations"].Replace("`", "", StringComparison.Ordinal),
            destinations.Status == DestinationStatus.Ready ? string.Join(", ", destinations.Ready) : destinations.Status.ToString());
    }

    private static ServiceBackendPort Port(string text)
        => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? new() { Number = number } : new() { Name = text };

    private static IEnumerable<ServiceResource> Service(MarkdownRow row)
    {
        if (row["Service ports"] == ServiceResource.ExternalNameType)
        {
            yield return Some.Service("web") with { Type = ServiceResource.ExternalNameType };
        }
        else if (row.Code("Service ports") is { } ports)
        {
            yield return Some.Service("web") with
            {
                Selector = ports.StartsWith("selected ", StringComparison.Ordinal) ? new Dictionary<string, string> { ["app"] = "web" } : [],
                Ports = [.. ports.Replace("selected ", "", StringComparison.Ordinal).Split(", ").Select(NameAndNumber).Select(port => new ServicePort { Name = port.Name, Port = port.Number })],
            };
        }
    }

    private static bool IsMirrored(string text) => text.StartsWith("Endpoints ", StringComparison.Ordinal);

    // An Endpoints object, written like a slice.
    private static EndpointsResource Endpoints(string text)
    {
        var slice = Slice(text["Endpoints ".Length..]);
        return new()
        {
            Metadata = Some.Metadata("web"),
            Subsets =
            [
                new()
                {
                    Addresses = [.. slice.Endpoints.Where(static endpoint => endpoint.Ready != false).Select(static endpoint => endpoint.Addresses[0])],
                    NotReadyAddresses = [.. slice.Endpoints.Where(static endpoint => endpoint.Ready == false).Select(static endpoint => endpoint.Addresses[0])],
                    Ports = slice.Ports,
                },
            ],
        };
    }

    // name:port address [unready], ...
    private static EndpointSliceResource Slice(string text)
    {
        var words = text.Split(' ', 2);
        var (name, number) = NameAndNumber(words[0]);
        return Some.Slice("web", number) with
        {
            Ports = [new() { Name = name, Port = number }],
            Endpoints = [.. words[1].Split(", ").Select(Endpoint)],
        };
    }

    private static EndpointSliceEndpoint Endpoint(string text) => text.Split(' ') switch
    {
        [var address] => new() { Addresses = [address] },
        [var address, "unready"] => new() { Addresses = [address], Ready = false },
        [var address, "terminating"] => new() { Addresses = [address], Ready = false, Terminating = true },
        [var address, "gone"] => new() { Addresses = [address], Ready = false, Serving = false, Terminating = true },
        _ => throw new FormatException($"The endpoint '{text}' is not understood."),
    };

    private static (string Name, int Number) NameAndNumber(string text)
    {
        var parts = text.Split(':');
        return (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
