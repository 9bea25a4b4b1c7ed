using FsCheck;
using FsCheck.Fluent;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>Random clusters and requests over alphabets so small that collisions, the interesting cases, are common.</summary>
/// <remarks>Every Ingress is valid: what an invalid one does is the subject of a property of its own.</remarks>
public static class RoutingArbitraries
{
    private const string Controller = "example.com/ours";

    private static readonly Gen<string> s_ruleHost = Gen.Elements("", "b", "a.b", "x.a.b", "c.a.b", "*.b", "*.a.b", "*.0.0.1");

    private static readonly Gen<string> s_requestHost = Gen.Frequency(
        (8, Gen.Elements("b", "a.b", "x.a.b", "c.a.b", "y.b", "d.c.a.b", "other", "")),
        (4, Gen.Elements("A.b", "X.A.B", "a.b.", "x.a.b.:80", "a.b:8080", "Y.B.:1", "_.b", "-.a.b", "c-.b")),
        (
            2,
            Gen.Elements(
                ".b", ".a.b", "a..b", "a.b..", "a.b..:80", "x..b", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:80", "xn--bcher-kva.b")));

    // Allowed in Exact and Prefix: "%2e" passes validation (semantics 2.4.4) and is a dot segment all the same (8.4).
    private static readonly Gen<string> s_strictElement = Gen.Frequency(
        (10, Gen.Elements("a", "b")),
        (
            5,
            Gen.Elements(
                "%61",
                "%2e",
                "%2E%2e",
                ".%2e",
                ";",
                "a;b",
                "é",
                "%C3%A9",
                "%c3%a9",
                "a.b",
                "..a",
                "%3B",
                "A",
                "a b",
                "%20",
                "+",
                "*",
                "^",
                "?")));

    private static readonly Gen<string> s_freeElement = Gen.Frequency(
        (6, s_strictElement),
        (4, Gen.Elements("", ".", "..", "%2F", "%2f", "%5c", "%5C", "a%2Fb")));

    private static readonly Gen<string> s_requestElement = Gen.Frequency(
        (12, Gen.Elements("a", "b")),
        (
            6,
            Gen.Elements(
                "",
                ".",
                "..",
                "%61",
                "%2e",
                "%2E%2e",
                ".%2e",
                ";",
                "a;b",
                "%C3%A9",
                "%c3%a9",
                "A",
                "%20",
                "+",
                "*",
                "%5E",
                "^",
                "%3F",
                "%3B")),
        (2, Gen.Elements("%2F", "%2f", "%5c", "a%2Fb", "..;", "%252e", "a.b", "...")));

    private static readonly Gen<string> s_malformedTarget = Gen.Elements(
        "", "a", "?x", "/a#b", "/%", "/%zz", "/a%4", "/%00", "/a b", "/é", "/\t", "/a\u007f", "/\n");

    private static readonly Gen<string> s_target = Gen.Frequency(
        (40, PathOf(s_requestElement)),
        (6, PathOf(s_requestElement).Zip(Gen.Elements("?", "?a", "?/b", "?a?b", "?%zz")).Select(pair => pair.Item1 + pair.Item2)),
        (1, s_malformedTarget));

    private static readonly Gen<RequestLine> s_request = Gen.Frequency(
        (20, s_requestHost.Zip(s_target, (host, target) => new RequestLine(host, target))),
        (1, from host in s_requestHost
            from authority in Gen.Frequency((2, Gen.Constant(host)), (1, s_requestHost))
            from target in Gen.Frequency((5, s_target), (1, Gen.Elements("", "?x")))
            select new RequestLine(host, "http://" + authority + target)));

    private static readonly Gen<IngressPath> s_path =
        from type in Gen.Elements(PathTypes.Exact, PathTypes.Prefix, PathTypes.ImplementationSpecific)
        from path in type == PathTypes.ImplementationSpecific
            ? Gen.Frequency((1, Gen.Elements<string?>(null, "")), (6, PathOf(s_freeElement).Select(p => (string?)p)))
            : PathOf(s_strictElement).Where(IsStrict).Select(p => (string?)p)
        select new IngressPath { PathType = type, Path = path };

    private static readonly Gen<IngressRule> s_rule =
        from host in s_ruleHost
        from paths in Gen.Frequency(
            (1, Gen.Constant<IngressPath[]?>(null)), (7, s_path.NonEmptyListOf().Resize(4).Select(list => (IngressPath[]?)[.. list])))
        select new IngressRule { Host = host, Paths = paths };

    private static readonly Gen<IngressClassResource[]> s_classes =
        from ours in Gen.Elements(true, false)
        from foreign in Gen.Elements(true, false)
        select new[]
        {
            Some.Class("ours", Controller, ours), Some.Class("second", Controller), Some.Class("foreign", "example.com/foreign", foreign),
        };

    private static readonly Gen<(string? Field, string? Annotation)> s_className =
        from field in Gen.Frequency((3, Gen.Constant<string?>(null)), (2, Gen.Elements<string?>("ours", "second", "foreign", "unknown")))
        from annotation in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>("ours", "foreign", "unknown", "")))
        select (field, annotation);

    private static readonly Gen<RouteTableOptions> s_options =
        from controller in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>(Controller)))
        from @default in Gen.Elements(true, false)
        from flags in Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Choose(1, 3)))
        select new RouteTableOptions
        {
            ControllerName = controller,
            DefaultBackend = @default ? new(new("t", "configured"), new() { Number = 80 }) : null,
            KeepSlashes = (flags & 1) != 0,
            RejectEncodedSeparators = (flags & 2) != 0,
        };

    private static readonly Gen<RoutingCase> s_case =
        from count in Gen.Choose(0, 4)
        from ingresses in Gen.CollectToArray(Enumerable.Range(0, count), Ingress)
        from classes in s_classes
        from options in s_options
        from requests in s_request.ArrayOf(10)
        select new RoutingCase(new() { Ingresses = ingresses, IngressClasses = classes }, options, requests);

    public static Arbitrary<RoutingCase> RoutingCase() => Arb.From(s_case, RoutingCaseShrinker.Shrink);

    private static Gen<IngressResource> Ingress(int index) =>
        from @namespace in Gen.Elements("t", "t-a", "u")
        from age in Gen.Frequency((5, Gen.Choose(0, 1).Select(a => (int?)a)), (1, Gen.Constant<int?>(null)))
        from ruleCount in Gen.Frequency((1, Gen.Constant(0)), (6, Gen.Choose(1, 3)))
        from rules in s_rule.ArrayOf(ruleCount)
        from hasDefault in ruleCount == 0 ? Gen.Constant(true) : Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from className in s_className
        select Assemble($"{@namespace}/i{3 - index}", age, rules, hasDefault, className);

    // Every backend has a Service of its own, so that an answer tells which path gave it.
    private static IngressResource Assemble(
        string name, int? age, IngressRule[] rules, bool hasDefault, (string? Field, string? Annotation) className)
    {
        var shortName = name.Split('/')[1];
        var named = rules.Select((rule, r) => rule with
        {
            Paths = rule.Paths is null
                ? null
                : [.. rule.Paths.Select((path, p) => path with { Backend = Some.Backend($"{shortName}-{r}-{p}") })],
        });
        var ingress = Some.Ingress(
            name,
            named,
            hasDefault ? Some.Backend($"{shortName}-default") : null,
            className: className.Field,
            ageSeconds: age ?? 0,
            annotations: className.Annotation is { } annotation ? Some.ClassAnnotation(annotation) : null);
        return age is null ? ingress with { Metadata = ingress.Metadata with { CreationTimestamp = null } } : ingress;
    }

    private static Gen<string> PathOf(Gen<string> element)
        => element.ListOf().Resize(4).Zip(Gen.Elements("", "", "/"), (elements, end) => "/" + string.Join('/', elements) + end);

    private static bool IsStrict(string path)
        => !path.Contains("//", StringComparison.Ordinal)
            && !path.EndsWith("/.", StringComparison.Ordinal)
            && !path.EndsWith("/..", StringComparison.Ordinal);
}
