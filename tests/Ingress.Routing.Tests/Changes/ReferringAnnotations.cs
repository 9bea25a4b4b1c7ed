using Ingress.Routing.Annotations;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Tests.Changes;

/// <summary>A dialect whose annotations refer to objects, and make a policy that says what they found.</summary>
internal static class ReferringAnnotations
{
    public const string Prefix = "refer.test";

    public static AnnotationDialect Dialect { get; } = new("refer", Prefix, Rows());

    public static AnnotationDialect Permissive { get; } = new("refer", Prefix, Rows()) { AllowsOtherNamespaces = true };

    private static Annotation[] Rows() => [Row("secret"), Row("config-map"), Row("service")];

    private static Annotation<Builder> Row(string name) => new(
        name, AnnotationRisk.Protects, "a name", "Refers.", (builder, text) =>
        {
            builder.Written[name] = text;
            return text.Length > 0;
        });

    /// <summary>What was found.</summary>
    internal sealed record FoundPolicy(string Text) : RoutePolicy
    {
        public override PolicyStage Stage => PolicyStage.Authentication;

        public override string Describe() => Text;
    }

    internal sealed class Builder : PolicyBuilder
    {
        public Dictionary<string, string> Written { get; } = [];

        protected internal override void Build(PolicyContext context)
        {
            var found = new List<string>();
            foreach (var (name, text) in Written.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                switch (name)
                {
                    case "secret":
                        Take(name, context.FindSecret(text), static secret => $"{secret.Data.Count} {secret.AuthoritiesPem?.Length}");
                        break;

                    case "config-map":
                        Take(name, context.FindConfigMap(text), static configMap => configMap.Data.GetValueOrDefault("a") ?? "");
                        break;

                    default:
                        Take(name, context.FindService(text), static service => string.Join(',', service.Ports.Select(static port => port.Port)));
                        break;
                }
            }

            if (found.Count > 0)
            {
                context.Add(new FoundPolicy(string.Join("; ", found)), "secret");
            }

            void Take<T>(string name, ReferencedObject<T> referenced, Func<T, string> describe)
                where T : KubernetesResource
            {
                if (referenced.Value is { } item)
                {
                    found.Add($"{name} {referenced.Name}: {describe(item)}");
                }
                else
                {
                    Refuse(name, referenced, context);
                }
            }
        }
    }
}
