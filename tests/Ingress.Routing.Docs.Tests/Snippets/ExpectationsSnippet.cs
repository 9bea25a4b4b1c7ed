// <expectations>
using Ingress.Routing;
using Ingress.Routing.Expectations;
using Ingress.Routing.Manifests;
// </expectations>

namespace Snippets;

internal static class ExpectationsSnippet
{
    public static void Run()
    {
        // <expectations>
        var table = IngressRouteTable.Compile(IngressManifests.Load(["deploy/"]).Snapshot);
        var checker = new ExpectationChecker(table);

        var admin = checker.Check(new NeverExpectation { Service = new("shop", "admin"), Host = "*.example.test" });
        Console.WriteLine(admin.IsMet ? $"Proved, in {admin.Regions} regions." : $"Not so: {admin.Request}.");

        foreach (var expectation in IngressExpectations.Load("routing.tests.yaml").Expectations)
        {
            Console.WriteLine($"{checker.Check(expectation).IsMet}: {expectation.Title}");
        }
        // </expectations>
    }
}
