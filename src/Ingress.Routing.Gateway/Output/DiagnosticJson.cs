using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Gateway.Output;

/// <summary>A diagnostic as <c>check --format json</c> and <c>/diagnostics</c> show it.</summary>
internal sealed record DiagnosticJson
{
    public required string Id { get; init; }

    public required string Severity { get; init; }

    public required string? Kind { get; init; }

    public required string? Object { get; init; }

    public required string Field { get; init; }

    public required string Message { get; init; }

    public required string? File { get; init; }

    public required int? Line { get; init; }

    public required int? Column { get; init; }

    public static DiagnosticJson From(IngressDiagnostic diagnostic) => new()
    {
        Id = diagnostic.Id,
        Severity = DiagnosticPrinter.NameOf(diagnostic.Severity),
        Kind = diagnostic.FieldError is { } kind ? NameOf(kind) : null,
        Object = diagnostic.Resource?.ToString(),
        Field = diagnostic.Field,
        Message = diagnostic.Message,
        File = diagnostic.Location?.File,
        Line = diagnostic.Location?.Line,
        Column = diagnostic.Location?.Column,
    };

    private static string NameOf(FieldErrorKind kind) => kind switch
    {
        FieldErrorKind.Required => "required",
        FieldErrorKind.Invalid => "invalid",
        FieldErrorKind.Forbidden => "forbidden",
        FieldErrorKind.NotSupported => "notSupported",
        FieldErrorKind.Duplicate => "duplicate",
        FieldErrorKind.TooLong => "tooLong",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no name."),
    };
}
