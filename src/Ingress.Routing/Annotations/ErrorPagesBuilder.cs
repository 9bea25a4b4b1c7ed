using System.Collections.Immutable;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about Services that answer in place of others.</summary>
internal sealed class ErrorPagesBuilder : PolicyBuilder
{
    private const string Statuses = "error-page-statuses";
    private const string Service = "error-page-service";
    private const string Source = "error-page-source";
    private const string Fallback = "fallback-service";
    private const string ServiceText = "the name of a Service of the same namespace, with ':' and a port if it is not the first one";

    private ImmutableSortedSet<int>? _statuses;
    private (string Name, Model.ServiceBackendPort Port)? _service;
    private (string Name, Model.ServiceBackendPort Port)? _fallback;
    private bool? _leavesBackendErrors;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<ErrorPagesBuilder>(
            Service,
            AnnotationRisk.Tunes,
            ServiceText,
            "The Service that answers in place of the errors of `error-page-statuses`.",
            static (builder, text) => (builder._service = ServiceOf(text)) is not null),
        new Annotation<ErrorPagesBuilder>(
            Statuses,
            AnnotationRisk.Tunes,
            "statuses from 400 to 599, or ranges such as '500-599', with commas between them",
            "The statuses in place of which that Service answers.",
            static (builder, text) => (builder._statuses = StatusesOf(text)) is not null),
        new Annotation<ErrorPagesBuilder>(
            Source,
            AnnotationRisk.Tunes,
            "'any' or 'gateway'",
            "Whether the errors of the backend are replaced too, or only those of the gateway itself. The default is `any`.",
            static (builder, text) => (builder._leavesBackendErrors = text switch { "any" => false, "gateway" => true, _ => null }) is not null),
        new Annotation<ErrorPagesBuilder>(
            Fallback,
            AnnotationRisk.Tunes,
            ServiceText,
            "The Service that takes the requests while the Service of the path has no ready endpoint.",
            static (builder, text) => (builder._fallback = ServiceOf(text)) is not null),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_service is { } service && _statuses is { } statuses)
        {
            context.Add(new ErrorPages(ReferenceTo(service, context), statuses) { LeavesBackendErrors = _leavesBackendErrors == true }, Service);
        }
        else if ((_service is not null ? Service : _statuses is not null ? Statuses : _leavesBackendErrors is not null ? Source : null) is { } alone)
        {
            var missing = _service is null ? Service : Statuses;
            Refuse(alone, $"'{context.Dialect.KeyOf(missing)}' is missing, without which it means nothing", context);
        }

        if (_fallback is { } fallback)
        {
            context.Add(new FallbackService(ReferenceTo(fallback, context)), Fallback);
        }
    }

    private static ServiceReference ReferenceTo((string Name, Model.ServiceBackendPort Port) service, PolicyContext context)
        => new(new(context.Ingress.Namespace, service.Name), service.Port);

    private static (string Name, Model.ServiceBackendPort Port)? ServiceOf(string text)
        => AnnotationText.TryReadService(text, out var name, out var port) ? (name, port) : null;

    private static ImmutableSortedSet<int>? StatusesOf(string text)
    {
        if (!AnnotationText.TryReadList(text, out var items))
        {
            return null;
        }

        var statuses = ImmutableSortedSet.CreateBuilder<int>();
        foreach (var item in items)
        {
            var dash = item.IndexOf('-', StringComparison.Ordinal);
            if (!AnnotationText.TryReadNumber(dash < 0 ? item : item[..dash], 400, 599, out var first)
                || !AnnotationText.TryReadNumber(dash < 0 ? item : item[(dash + 1)..], first, 599, out var last))
            {
                return null;
            }

            statuses.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return statuses.ToImmutable();
    }
}
