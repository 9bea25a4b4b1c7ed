using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about a canary.</summary>
internal sealed class CanaryBuilder : PolicyBuilder
{
    public const string Canary = "canary";
    public const string ByHeader = "canary-by-header";
    public const string ByHeaderValue = "canary-by-header-value";
    public const string ByHeaderPattern = "canary-by-header-pattern";
    public const string ByCookie = "canary-by-cookie";
    public const string Weight = "canary-weight";
    public const string WeightTotal = "canary-weight-total";

    private const int SmallestTotal = 100;

    // What counts of a canary besides that it is one.
    private static readonly string[] s_ofCanaries =
        ["canary", "affinity", "session-cookie", "load-balance", "upstream-hash-by", "service-upstream", "backend-protocol", "proxy-ssl"];

    private bool? _isCanary;
    private bool _isUnknown;
    private CanaryRule _rule = new();
    private int _weight;
    private int _total = SmallestTotal;

    public static bool TrySetCanary(CanaryBuilder builder, string text) => NginxText.TryReadBoolean(text, out builder._isCanary);

    public static bool TrySetHeader(CanaryBuilder builder, string text) => HttpToken.IsToken(text) && builder.Set(builder._rule with { Header = text });

    public static bool TrySetHeaderValue(CanaryBuilder builder, string text)
        => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && builder.Set(builder._rule with { HeaderValue = text });

    public static bool TrySetHeaderPattern(CanaryBuilder builder, string text)
        => TextPattern.TryParse(text, out var pattern) && builder.Set(builder._rule with { HeaderPattern = pattern });

    public static bool TrySetCookie(CanaryBuilder builder, string text) => HttpToken.IsToken(text) && builder.Set(builder._rule with { Cookie = text });

    public static bool TrySetWeight(CanaryBuilder builder, string text) => NginxText.TryReadNumber(text, out builder._weight);

    public static bool TrySetWeightTotal(CanaryBuilder builder, string text) => NginxText.TryReadNumber(text, out builder._total);

    /// <inheritdoc />
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        switch (annotation.Name)
        {
            case Canary:
                _isUnknown = true;
                return "This Ingress serves nothing.";

            // Without them, "always" would take the canary, which was not asked for.
            case ByHeaderValue or ByHeaderPattern:
                _rule = _rule with { Header = null };
                return $"It is ignored, and so is '{context.Dialect.KeyOf(ByHeader)}'.";

            default:
                return base.Fail(annotation, context);
        }
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
            // ingress-nginx serves it as an ordinary Ingress, which could take the paths of the one that it was to be a canary of.
            context.Report(Canary, "It is missing, although other annotations are about a canary. This Ingress serves nothing.");
            context.AddCanary(null, Canary);
        }
        else if (_isCanary == true)
        {
            context.AddCanary(Rule(context), Canary);
            InformOfOthers(context);
        }
    }

    private CanaryRule Rule(PolicyContext context)
    {
        if (_total < SmallestTotal)
        {
            context.Inform(WeightTotal, $"It is {_total}. Totals below {SmallestTotal} act as {SmallestTotal}, as in ingress-nginx.");
        }

        if (_rule.Header is null && (_rule.HeaderValue is not null ? ByHeaderValue : _rule.HeaderPattern is not null ? ByHeaderPattern : null) is { } alone)
        {
            context.Warn(alone, $"There is no '{context.Dialect.KeyOf(ByHeader)}' that says which header. It is ignored.");
            _rule = _rule with { HeaderValue = null, HeaderPattern = null };
        }
        else if (_rule is { HeaderValue: not null, HeaderPattern: not null })
        {
            context.Warn(ByHeaderPattern, $"'{context.Dialect.KeyOf(ByHeaderValue)}' goes before it. It is ignored.");
            _rule = _rule with { HeaderPattern = null };
        }

        if (_rule.HeaderPattern is { NeedsBacktracking: true } && context.RejectsBacktracking)
        {
            context.Report(ByHeaderPattern, $"It needs backtracking, which is switched off. {Fail(context.Dialect.Find(ByHeaderPattern)!, context)}");
            _rule = _rule with { HeaderPattern = null };
        }

        return _rule with { Weight = Math.Max(0, _weight), WeightTotal = Math.Max(SmallestTotal, _total) };
    }

    // Common, since a canary begins as a copy of the Ingress that it belongs to.
    private static void InformOfOthers(PolicyContext context)
    {
        var others = context.Names.Where(static name => !s_ofCanaries.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal))).ToList();
        if (others.Count > 0)
        {
            context.Inform(
                Canary,
                $"A canary takes requests by the policies of the Ingress that it is a canary of. Without effect: {string.Join(", ", others)}.");
        }
    }

    private bool Set(CanaryRule rule)
    {
        _rule = rule;
        return true;
    }
}
