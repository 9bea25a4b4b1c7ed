using System.Collections.Immutable;
using Ingress.Routing.Annotations;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Pages for errors, and the backend that gives them.</summary>
internal static class ErrorAnnotations
{
    private const string Statuses = "custom-http-errors";
    private const string DefaultBackend = "default-backend";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<Builder>(
            Statuses,
            AnnotationRisk.Tunes,
            "statuses from 400 to 599, with commas between them",
            "The statuses in place of which the default backend answers, instead of those of the controller.",
            static (builder, text) =>
            {
                var items = NginxText.ListOf(text);
                builder.Statuses = [.. items.Where(static item => item.Length == 3 && item[0] is '4' or '5' && item.All(char.IsAsciiDigit)).Select(int.Parse)];
                return builder.Statuses.Count > 0 && items.Distinct().Count() == builder.Statuses.Count;
            }),
        NginxRow.Of<Builder>(
            DefaultBackend,
            AnnotationRisk.Tunes,
            "the name of a Service of the same namespace",
            "The Service that takes requests while that of the path has no ready endpoint, and that answers in place of errors.",
            static (builder, text) =>
            {
                var isName = text.Length > 0 && !NameSyntax.ServiceNameErrors(text).Any();
                builder.Service = isName ? text : null;
                return isName;
            }),
        NginxRow.Of<Builder>(
            "disable-proxy-intercept-errors",
            AnnotationRisk.Tunes,
            "a switch such as 'true'",
            "Whether errors that the backend answers with are left as they are.",
            static (builder, text) => NginxText.TryReadBoolean(text, out builder.LeavesBackendErrors)),
    ];

    internal sealed class Builder : PolicyBuilder
    {
        public ImmutableSortedSet<int>? Statuses;
        public string? Service;
        public bool LeavesBackendErrors;

        protected internal override void Build(PolicyContext context)
        {
            var own = Service is null ? null : new ServiceReference(new(context.Ingress.Namespace, Service), ServiceBackendPort.First);
            if (own is not null)
            {
                context.Add(new FallbackService(own), DefaultBackend);
            }

            var statuses = Statuses ?? [.. context.Settings<NginxOptions>().CustomHttpErrors];
            if (statuses.Count == 0)
            {
                return;
            }

            if ((own ?? context.DefaultBackend) is { } service)
            {
                NginxRow.Add(
                    context, new ErrorPages(service, statuses) { LeavesBackendErrors = LeavesBackendErrors }, ErrorAnnotations.Statuses, isDefault: Statuses is null);
            }
            else if (Statuses is { Count: > 0 })
            {
                context.Warn(
                    ErrorAnnotations.Statuses,
                    $"There is no '{context.Dialect.KeyOf(DefaultBackend)}' and no default backend of the controller, so the errors stay as they are. ingress-nginx would answer them with 404.");
            }
        }
    }
}
