using Ingress.Routing.Annotations;
using Ingress.Routing.Hosting;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>An application brings its own annotation, policy and step.</summary>
public sealed class StepTests
{
    private static readonly AnnotationDialect s_dialect = new(
        "acme", "acme.test", new Annotation<GreetingBuilder>("greet", AnnotationRisk.Protects, "a name", "Answers with a greeting.", (builder, text) => builder.Set(text)));

    [Fact]
    public async Task OwnStep_CarriesOutItsPolicy()
    {
        await using var site = await StartAsync(ingress => ingress.AddAnnotationDialect(s_dialect).AddPolicyStep<GreetingStep>());

        Assert.Equal("Hello Ann", (await site.GetAsync()).Body);
    }

    [Fact]
    public async Task PolicyWithoutAStep_ClosesTheRoute()
    {
        await using var site = await StartAsync(ingress => ingress.AddAnnotationDialect(s_dialect));

        Assert.Equal(503, await site.StatusAsync());
    }

    [Fact]
    public async Task OwnStep_TakesThePlaceOfOurs()
    {
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("rate-limit", "1/m")), configure: ingress => ingress.AddPolicyStep<NoLimit>());

        Assert.Equal((200, 200), (await site.StatusAsync(), await site.StatusAsync()));
    }

    private static Task<PolicySite> StartAsync(Action<IIngressRoutingBuilder> configure) => PolicySite.StartAsync(
        Some.Snapshot(Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/"))], annotations: new Dictionary<string, string> { ["acme.test/greet"] = "Ann" })),
        configure: configure);

    private sealed record Greeting(string Name) : RoutePolicy
    {
        public override PolicyStage Stage => PolicyStage.Backend;

        public override string Describe() => $"greet {Name}";
    }

    private sealed class GreetingBuilder : PolicyBuilder
    {
        private string _name = "";

        public bool Set(string name)
        {
            _name = name;
            return name.Length > 0;
        }

        protected override void Build(PolicyContext context) => context.Add(new Greeting(_name), "greet");
    }

    private sealed class GreetingStep : PolicyStep<Greeting>
    {
        protected override RequestDelegate Build(Greeting policy, IngressEndpointContext endpoint, RequestDelegate rest)
            => context => context.Response.WriteAsync($"Hello {policy.Name}");
    }

    private sealed class NoLimit : PolicyStep<RateLimit>
    {
        protected override RequestDelegate Build(RateLimit policy, IngressEndpointContext endpoint, RequestDelegate rest) => rest;
    }
}
