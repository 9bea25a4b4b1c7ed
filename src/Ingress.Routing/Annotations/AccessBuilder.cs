namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about several ways to be let in.</summary>
internal sealed class AccessBuilder : PolicyBuilder
{
    private bool _any;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<AccessBuilder>(
            "satisfy",
            AnnotationRisk.Protects,
            "'all' or 'any'",
            "Whether a request must be let in by the addresses, the passwords and the external service that are asked for (`all`, the default), or by one of "
                + "them (`any`).",
            static (builder, text) => (builder._any = text == "any") || text == "all"),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_any)
        {
            context.AllowAnyAccess();
        }
    }
}
