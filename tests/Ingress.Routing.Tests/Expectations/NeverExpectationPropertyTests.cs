using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Ingress.Routing.Expectations;
using Ingress.Routing.Tests.Properties;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Expectations;

/// <summary>What is proved never to happen does not, and what is said to happen does.</summary>
public sealed class NeverExpectationPropertyTests
{
    private static readonly string?[] s_hosts = [null, "b", "a.b", "x.a.b", "other", "*.b", "*.a.b", "*.other"];
    private static readonly string[] s_requestHosts =
        ["", "b", "a.b", "x.a.b", "c.a.b", "y.b", "z.a.b", "other", "y.other", "z.x.a.b", "127.0.0.1"];

    private static readonly string?[] s_paths = [null, "/", "/a", "/a/", "/b", "/a/b", "/%61", "/;", "/A"];

    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 1_000, QuietOnSuccess = true)]
    public Property Check_SomeRegion_IsMetExactlyWhenNothingInItReachesTheService(RoutingCase value)
    {
        var table = value.Compile();
        var checker = new ExpectationChecker(table);
        var services = table.Routes.Select(route => route.Service!.Name).Append(new("t", "nobody")).Distinct().ToArray();
        var expectations =
            from service in Gen.Elements(services)
            from host in Gen.Elements(s_hosts)
            from path in Gen.Elements(s_paths)
            from isExact in Gen.Elements(true, false)
            select new NeverExpectation { Service = service, Host = host, Path = path, IsExact = isExact };

        return Prop.ForAll(Arb.From(expectations), expectation =>
        {
            var result = checker.Check(expectation);
            if (result.IsMet)
            {
                Assert.DoesNotContain(Requests(value, table), request
                    => Holds(expectation, table, request) && table.Match(request.Host, request.Target).Route?.Service?.Name == expectation.Service);
                return;
            }

            var witness = new RequestLine(result.Request!.Host, result.Request.Target);
            Assert.True(Holds(expectation, table, witness), $"{witness}\n{value}");
            Assert.Equal(expectation.Service, table.Match(witness.Host, witness.Target).Route?.Service?.Name);
        });
    }

    // Those of the case, and those around its rules.
    private static IEnumerable<RequestLine> Requests(RoutingCase value, IngressRouteTable table)
        => value.Requests.Where(request => request.Target.StartsWith('/')).Concat(
            from path in table.Routes.Select(route => route.Path).OfType<string>().Append("/").Distinct()
            from target in new[] { path, path.TrimEnd('/') + "/", path.TrimEnd('/') + "/z" }
            from host in s_requestHosts
            select new RequestLine(host, target));

    private static bool Holds(NeverExpectation expectation, IngressRouteTable table, RequestLine request)
    {
        var match = table.Match(request.Host, request.Target);
        return match.Status != IngressMatchStatus.BadRequest
            && HoldsHost(expectation.Host, ReferenceHost.Parse(request.Host).Name)
            && HoldsPath(expectation, ReferencePath.OfRule(expectation.Path, table.Options), match.Path.ToString());
    }

    private static bool HoldsHost(string? pattern, string name) => pattern switch
    {
        null => true,
        ['*', ..] => name.Contains('.', StringComparison.Ordinal) && name[name.IndexOf('.', StringComparison.Ordinal)..] == pattern[1..],
        _ => name == pattern,
    };

    private static bool HoldsPath(NeverExpectation expectation, string expected, string path) => expectation switch
    {
        { Path: null } => true,
        { IsExact: true } => path == expected,
        _ => (path + "/").StartsWith(expected.TrimEnd('/') + "/", StringComparison.Ordinal),
    };
}
