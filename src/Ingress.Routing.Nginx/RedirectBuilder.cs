using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about redirects of all paths of an Ingress to one place.</summary>
internal sealed class RedirectBuilder : PolicyBuilder
{
    public const string Permanent = "permanent-redirect";
    public const string PermanentCode = "permanent-redirect-code";
    public const string Temporal = "temporal-redirect";
    public const string TemporalCode = "temporal-redirect-code";
    public const string Relative = "relative-redirects";

    private const string UrlPunctuation = "-._~/:,?&=";

    private string? _permanent;
    private string? _temporal;
    private int? _permanentCode;
    private int? _temporalCode;
    private bool? _isRelative;

    public static bool TrySetPermanent(RedirectBuilder builder, string text)
    {
        builder._permanent = text;
        return IsUrlText(text);
    }

    public static bool TrySetTemporal(RedirectBuilder builder, string text)
    {
        builder._temporal = text;
        return IsUrlText(text);
    }

    public static bool TrySetPermanentCode(RedirectBuilder builder, string text)
        => NginxText.TryReadNumber(text, 300, 308, out builder._permanentCode) && IsCode(ref builder._permanentCode);

    public static bool TrySetTemporalCode(RedirectBuilder builder, string text)
        => NginxText.TryReadNumber(text, 300, 307, out builder._temporalCode) && IsCode(ref builder._temporalCode);

    public static bool TrySetRelative(RedirectBuilder builder, string text) => NginxText.TryReadBoolean(text, out builder._isRelative);

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed)
        {
            return;
        }

        // ingress-nginx then leaves out all redirects of the Ingress.
        if (_temporal is { Length: > 0 } target && !target.StartsWith("http", StringComparison.Ordinal))
        {
            context.Report(Temporal, $"It is '{target}', and must begin with 'http://' or 'https://'. Requests are not redirected, but go to the backend.");
            return;
        }

        foreach (var (name, text) in new[] { (Permanent, _permanent), (Temporal, _temporal) })
        {
            if (text is { Length: 0 })
            {
                context.Warn(name, "It is empty, and leads nowhere. It is ignored.");
            }
        }

        if (_temporal is { Length: > 0 })
        {
            Add(_temporal, _temporalCode ?? 302, Temporal, context);
        }
        else if (_permanent is { Length: > 0 })
        {
            Add(_permanent, _permanentCode ?? 301, Permanent, context);
        }
    }

    private void Add(string text, int status, string annotation, PolicyContext context)
    {
        // The text has no '$', so it is one literal.
        _ = PolicyTemplate.TryParse(text, null, out var target, out _);
        context.Add(
            new PathRedirect
            {
                Target = target,
                Status = status,
                KeepsQuery = false,
                NamesHost = !(_isRelative ?? context.Settings<NginxOptions>().RelativeRedirects),
            },
            annotation);
    }

    // nginx sends a Location with these alone.
    private static bool IsCode(ref int? code)
    {
        code = code is 301 or 302 or 303 or 307 or 308 ? code : null;
        return code is not null;
    }

    private static bool IsUrlText(string text) => text.All(static c => char.IsAsciiLetterOrDigit(c) || UrlPunctuation.Contains(c, StringComparison.Ordinal));
}
