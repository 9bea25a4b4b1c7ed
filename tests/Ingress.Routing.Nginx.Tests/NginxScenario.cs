using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>A table with the dialect of ingress-nginx, for tests that compile Ingresses and ask what comes of them.</summary>
internal sealed class NginxScenario
{
    private NginxScenario(IngressRouteTable table) => Table = table;

    public IngressRouteTable Table { get; }

    /// <summary>The policies of <c>http://h.test/a</c>.</summary>
    public RoutePolicies Policies => Table.Match("h.test", "/a").Route!.Policies;

    /// <summary>What is reported about annotations.</summary>
    public IReadOnlyList<IngressDiagnostic> Findings => [.. Table.Diagnostics.Where(static item => item.Field.StartsWith("metadata.annotations", StringComparison.Ordinal))];

    /// <summary>One Ingress with annotations of ingress-nginx (named without their prefix), for host <c>h.test</c>, with the path <c>/a</c> and a default backend.</summary>
    public static NginxScenario Of(params (string Name, string Text)[] annotations) => Under(new(), annotations);

    /// <summary>The same under settings of the controller.</summary>
    public static NginxScenario Under(NginxOptions options, params (string Name, string Text)[] annotations)
        => For(options, Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/a"))], Some.Backend("web"), annotations: Named(annotations)));

    /// <summary>Any Ingresses.</summary>
    public static NginxScenario For(NginxOptions options, params IngressResource[] ingresses)
        => new(IngressRouteTable.Compile(Some.Snapshot(ingresses), new() { AnnotationDialects = [NginxAnnotations.CreateDialect(options)] }));

    /// <summary>Any Ingresses, beside Secrets.</summary>
    public static NginxScenario With(IReadOnlyList<SecretResource> secrets, params IngressResource[] ingresses)
        => new(IngressRouteTable.Compile(Some.Snapshot(ingresses) with { Secrets = secrets }, new() { AnnotationDialects = [NginxAnnotations.CreateDialect(new())] }));

    /// <summary>Annotations under the default prefix.</summary>
    public static Dictionary<string, string> Named(params (string Name, string Text)[] annotations)
        => annotations.ToDictionary(static pair => $"{NginxAnnotations.DefaultPrefix}/{pair.Name}", static pair => pair.Text);

    /// <summary>What the policies of a route do with a request.</summary>
    public PolicyOutcome Ask(string target, string host = "h.test", string scheme = "http", string method = "GET", Dictionary<string, string>? headers = null)
    {
        var match = Table.Match(host, target);
        return match.Route!.Policies.Evaluate(
            new PolicyRequest(match, IngressRouteTable.ReadHost(host, target)) { Scheme = scheme, Method = method, Headers = headers ?? [] });
    }
}
