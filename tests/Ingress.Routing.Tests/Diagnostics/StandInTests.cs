using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Diagnostics;

/// <summary>What is said of missing endpoints and certificates where the host application answers in their place.</summary>
public class StandInTests
{
    private static readonly ServiceReference s_web = new(new("default", "web"), new ServiceBackendPort { Number = 80 });

    [Fact]
    public void Diagnostics_ServiceWithoutEndpointsAndAStandIn_SayWhoAnswers()
    {
        var diagnostic = Assert.Single(
            Compile(Ingress(), new() { Services = ImmutableDictionary<ServiceReference, string>.Empty.Add(s_web, "the mock") }).Diagnostics);

        Assert.Equal(
            (IngressDiagnosticIds.ServiceNotFound, IngressDiagnosticSeverity.Info, "the mock"), (diagnostic.Id, diagnostic.Severity, diagnostic.StandIn));
        Assert.Equal("spec.rules[0].http.paths[0].backend.service.name", diagnostic.Field);
        Assert.Equal("The Service port 'default/web:80' has no ready endpoint. Its requests are answered by the mock.", diagnostic.Message);
    }

    [Fact]
    public void Diagnostics_StandInForAnotherService_StayAsTheyAre()
    {
        var other = s_web with { Name = new("default", "other") };
        var standIns = new StandIns { Services = ImmutableDictionary<ServiceReference, string>.Empty.Add(other, "the mock") };

        Assert.Equal(Compile(Ingress(), StandIns.None).Diagnostics, Compile(Ingress(), standIns).Diagnostics);
    }

    [Fact]
    public void Diagnostics_StandInForAllServices_CountsForCanariesWeightsAndTheDefaultBackendToo()
    {
        var standIns = new StandIns { OtherServices = "the echo backend" };
        var table = IngressRouteTable.Compile(
            Some.Snapshot(
                Ingress(("backend-weights", "web=1,next=1")),
                Some.Ingress(
                    "canary",
                    [Some.Rule("a.test", Some.Prefix("/", "canary"))],
                    annotations: new Dictionary<string, string> { ["ingress.routing/canary"] = "true", ["ingress.routing/canary-weight"] = "5" })),
            new RouteTableOptions { StandIns = standIns, DefaultBackend = s_web with { Name = new("default", "last") } });

        Assert.Equal(4, table.Diagnostics.Count);
        Assert.All(table.Diagnostics, static diagnostic =>
        {
            Assert.Equal((IngressDiagnosticSeverity.Info, "the echo backend"), (diagnostic.Severity, diagnostic.StandIn));
            Assert.EndsWith("equests are answered by the echo backend.", diagnostic.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Diagnostics_MissingCertificatesAndAStandIn_SayWhatAnswersHandshakes()
    {
        var options = new RouteTableOptions
        {
            StandIns = new() { Certificates = "a development certificate", OtherServices = "the echo backend" },
            DefaultCertificate = new("default", "none"),
        };
        var ingress = Some.Ingress("web", [Some.Rule("a.test", Some.Prefix("/"))], tls: [Some.Tls("missing", "a.test")]);

        var found = IngressRouteTable.Compile(Some.Snapshot(ingress), options).Diagnostics
            .Where(static diagnostic => diagnostic.StandIn == "a development certificate").ToList();

        Assert.Equal(
            [IngressDiagnosticIds.SecretNotFound, IngressDiagnosticIds.DefaultCertificateUnusable],
            found.Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
        Assert.All(found, static diagnostic =>
        {
            Assert.Equal(IngressDiagnosticSeverity.Info, diagnostic.Severity);
            Assert.EndsWith(
                ". A development certificate answers for hosts that are routed and that no other certificate covers.", diagnostic.Message, StringComparison.Ordinal);
        });
    }

    private static IngressResource Ingress(params (string Name, string Value)[] annotations) => Some.Ingress(
        "web",
        [Some.Rule("a.test", Some.Prefix("/"))],
        annotations: annotations.ToDictionary(static item => "ingress.routing/" + item.Name, static item => item.Value));

    private static IngressRouteTable Compile(IngressResource ingress, StandIns standIns)
        => IngressRouteTable.Compile(Some.Snapshot(ingress), new RouteTableOptions { StandIns = standIns });
}
