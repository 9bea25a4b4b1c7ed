namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about a canary.</summary>
internal sealed class CanaryBuilder : PolicyBuilder
{
    public const string Canary = "canary";

    private const string ByHeader = "canary-by-header";
    private const string ByHeaderValue = "canary-by-header-value";
    private const string ByCookie = "canary-by-cookie";
    private const string Weight = "canary-weight";
    private const string WeightTotal = "canary-weight-total";
    private const string Affinity = "canary-affinity";
    private const int LargestTotal = 1_000_000;
    private const int DefaultTotal = 100;

    private bool? _isCanary;
    private bool _isUnknown;
    private CanaryRule _rule = new();
    private int _weight;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<CanaryBuilder>(
            Canary,
            AnnotationRisk.Protects,
            "'true' or 'false'",
            "Whether the Ingress is a canary: its Services take some of the requests of the Ingress with the same host, path, path type and conditions.",
            static (builder, text) =>
            {
                var isBoolean = AnnotationText.TryReadBoolean(text, out var value);
                builder._isCanary = value;
                return isBoolean;
            }),
        new Annotation<CanaryBuilder>(
            ByHeader,
            AnnotationRisk.Tunes,
            "the name of a header",
            "The header that takes the canary when it is `always`, and keeps away from it when it is `never`.",
            static (builder, text) => HttpToken.IsToken(text) && builder.Set(builder._rule with { Header = text })),
        new Annotation<CanaryBuilder>(
            ByHeaderValue,
            AnnotationRisk.Tunes,
            "printable text",
            "The value of that header that takes the canary, instead of `always` and `never`.",
            static (builder, text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
                && builder.Set(builder._rule with { HeaderValue = text })),
        new Annotation<CanaryBuilder>(
            ByCookie,
            AnnotationRisk.Tunes,
            "the name of a cookie",
            "The cookie that takes the canary when it is `always`, and keeps away from it when it is `never`. The header goes first.",
            static (builder, text) => HttpToken.IsToken(text) && builder.Set(builder._rule with { Cookie = text })),
        new Annotation<CanaryBuilder>(
            Weight,
            AnnotationRisk.Tunes,
            "a number from 0 to the total",
            "How many of 100 requests take the canary, where neither header nor cookie decide. The default is 0.",
            static (builder, text) => AnnotationText.TryReadNumber(text, 0, LargestTotal, out builder._weight)),
        new Annotation<CanaryBuilder>(
            WeightTotal,
            AnnotationRisk.Tunes,
            $"a number from {DefaultTotal} to {LargestTotal}",
            "What the weight is a part of, instead of 100.",
            static (builder, text) => AnnotationText.TryReadNumber(text, DefaultTotal, LargestTotal, out var total)
                && builder.Set(builder._rule with { WeightTotal = total })),
        new Annotation<CanaryBuilder>(
            Affinity,
            AnnotationRisk.Tunes,
            "'sticky' or 'none'",
            "Whether clients with a session (`affinity-cookie`) stay with the backend that they had, or the canary decides about each request. The default is `sticky`.",
            static (builder, text) => text is "sticky" or "none" && builder.Set(builder._rule with { IgnoresAffinity = text == "none" })),
    ];

    /// <inheritdoc />
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        if (annotation.Name == Canary)
        {
            _isUnknown = true;
            return "This Ingress serves nothing.";
        }

        if (annotation.Name == ByHeaderValue)
        {
            // Without it, "always" would take the canary, which was not asked for.
            _rule = _rule with { Header = null };
            return $"It is ignored, and so is '{context.Dialect.KeyOf(ByHeader)}'.";
        }

        return base.Fail(annotation, context);
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_isUnknown)
        {
            context.AddCanary(null, Canary);
        }
        else if (_isCanary is null)
        {
            // Served as an ordinary Ingress it could take the paths of the one that it was to be a canary of.
            context.Report(Canary, "It is missing, although other annotations are about a canary. This Ingress serves nothing.");
            context.AddCanary(null, Canary);
        }
        else if (_isCanary == true)
        {
            context.AddCanary(Rule(context), Canary);
            if (context.HasPolicies)
            {
                context.Warn(Canary, "A canary takes requests by the policies of the Ingress that it is a canary of. What else its annotations ask for is ignored.");
            }
        }
    }

    private CanaryRule Rule(PolicyContext context)
    {
        if (_weight > _rule.WeightTotal)
        {
            context.Report(Weight, $"It is {_weight}, and must not be more than the total of {_rule.WeightTotal}. It is ignored.");
            _weight = 0;
        }

        if (_rule is { Header: null, HeaderValue: not null })
        {
            context.Warn(ByHeaderValue, $"There is no '{context.Dialect.KeyOf(ByHeader)}' that says which header. It is ignored.");
            _rule = _rule with { HeaderValue = null };
        }

        return _rule with { Weight = _weight };
    }

    private bool Set(CanaryRule rule)
    {
        _rule = rule;
        return true;
    }
}
