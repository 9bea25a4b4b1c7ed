// <own-annotation>
using Ingress.Routing.Annotations;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
// </own-annotation>

namespace Snippets;

internal static class AnnotationSnippet
{
    public static void Run(string[] args)
    {
        // <own-annotation>
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddIngressRouting()
            .AddManifests("deploy/")
            .AddForwarding()
            .AddAnnotationDialect(RequiredHeaderBuilder.Dialect)
            .AddPolicyStep<RequiredHeaderStep>();

        var app = builder.Build();
        app.UseIngressRouting();
        app.Run();
        // </own-annotation>
    }
}

// <own-annotation>
// The policy: an immutable value, compared by content.
public sealed record RequiredHeader(string Name) : RoutePolicy
{
    public override PolicyStage Stage => PolicyStage.Authentication;

    public override string Describe() => $"answer 403 without the header {Name}";
}

// The annotation 'acme.example/required-header', and what it asks for.
public sealed class RequiredHeaderBuilder : PolicyBuilder
{
    private string _name = "";

    public static AnnotationDialect Dialect { get; } = new(
        "acme",
        "acme.example",
        new Annotation<RequiredHeaderBuilder>(
            "required-header",
            AnnotationRisk.Protects,
            "the name of a header",
            "Which header a request must have.",
            static (builder, text) =>
            {
                builder._name = text;
                return text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
            }));

    protected override void Build(PolicyContext context)
    {
        // Empty when its text was wrong: the routes are closed by then.
        if (_name.Length > 0)
        {
            context.Add(new RequiredHeader(_name), "required-header");
        }
    }
}

// The step: called once for each route, it puts the policy in front of what serves the route.
public sealed class RequiredHeaderStep : PolicyStep<RequiredHeader>
{
    protected override RequestDelegate Build(RequiredHeader policy, IngressEndpointContext endpoint, RequestDelegate rest) => context =>
    {
        if (context.Request.Headers.ContainsKey(policy.Name))
        {
            return rest(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    };
}
// </own-annotation>
