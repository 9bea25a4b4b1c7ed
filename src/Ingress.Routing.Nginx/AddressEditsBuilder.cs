using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about the addresses in answers of the backend.</summary>
internal sealed class AddressEditsBuilder : PolicyBuilder
{
    public const string CookieDomain = "proxy-cookie-domain";
    public const string CookiePath = "proxy-cookie-path";
    public const string RedirectFrom = "proxy-redirect-from";
    public const string RedirectTo = "proxy-redirect-to";

    private const string Off = "off";

    private TextReplacement? _domain;
    private TextReplacement? _path;
    private string? _from;
    private string? _to;

    public bool TrySetCookieDomain(string text) => text == Off || (_domain = Replacement(text, "-._~/:")) is not null;

    public bool TrySetCookiePath(string text) => text == Off || (_path = Replacement(text, "-._~/:,?&=")) is not null;

    public bool TrySetFrom(string text)
    {
        _from = text;
        return IsAddress(text);
    }

    public bool TrySetTo(string text)
    {
        _to = text;
        return IsAddress(text);
    }

    /// <inheritdoc />
    protected internal override string Fail(Annotation annotation, PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        _from = annotation.Name is RedirectFrom or RedirectTo ? null : _from;
        return base.Fail(annotation, context);
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        // 'default' is about the name that nginx has for the backend, which no backend knows.
        var changesLocation = _from is not null and not Off and not "default" && _to is not null and not Off;
        if (!changesLocation && (_from is not null and not Off and not "default" || (_to is not null and not Off && _from is null)))
        {
            context.Warn(_from is null ? RedirectTo : RedirectFrom, $"It counts only together with '{context.Dialect.KeyOf(_from is null ? RedirectFrom : RedirectTo)}'. It is ignored.");
        }

        var edits = new AddressEdits
        {
            CookieDomain = _domain,
            CookiePath = _path,
            Location = changesLocation ? new(_from!, Literal(_to!)) : null,
        };
        if (edits != new AddressEdits())
        {
            context.Add(edits, _domain is not null ? CookieDomain : _path is not null ? CookiePath : RedirectFrom);
        }
    }

    private static TextReplacement? Replacement(string text, string others)
        => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var from, var to] && IsOf(from, others) && IsOf(to, others) ? new(from, Literal(to)) : null;

    private static bool IsAddress(string text) => text.Length > 0 && IsOf(text, "-._~/:,?&=");

    private static bool IsOf(string text, string others) => text.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c, StringComparison.Ordinal));

    private static PolicyTemplate Literal(string text) => PolicyTemplate.TryParse(text, null, out var template, out _) ? template! : throw new FormatException(text); // it holds no '$'
}
