using System.Buffers;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Manifests.Templates;

/// <summary>A language whose texts become manifests only when a tool has filled them in.</summary>
/// <param name="Name">What a text in it is called.</param>
/// <param name="Remedy">What to do first.</param>
internal sealed partial record TemplateLanguage(string Name, string Remedy)
{
    private const int LongestSample = 60;

    // Whatever is a gap holds one of these; most values hold none.
    private static readonly SearchValues<char> s_marks = SearchValues.Create("{<$[%@#_(ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly TemplateLanguage s_helm = new("a Helm template", "Run 'helm template' on its chart, and give what it prints.");
    private static readonly TemplateLanguage s_go = new("a Go template", "Run the tool that fills it in, and give what it prints.");
    private static readonly TemplateLanguage s_jinja = new("a Jinja template", "Let Ansible, or the tool that fills it in, write it out first.");
    private static readonly TemplateLanguage s_erb = new("an ERB template", "Run the tool that fills it in, and give what it prints.");
    private static readonly TemplateLanguage s_ytt = new("a ytt template", "Run 'ytt -f' on it, and give what it prints.");
    private static readonly TemplateLanguage s_shell = new("a text with variables", "Run 'envsubst', or the tool that fills them in, and give what it prints.");
    private static readonly TemplateLanguage s_gaps = new("a text with gaps", "Fill them in first.");

    /// <summary>The language of a text that could not be read, or of a value; null when it shows no sign of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sample">What gave it away, on one line and not long.</param>
    public static TemplateLanguage? Of(string text, out string sample)
    {
        foreach (var (pattern, language) in Signs())
        {
            if (pattern.Match(text) is { Success: true } match)
            {
                sample = Shorten(match.Value);
                return language;
            }
        }

        sample = "";
        return null;
    }

    /// <summary>The language of the gaps in a value that is otherwise a name; null when it has none.</summary>
    /// <remarks>Whatever is taken for a gap here, no name, host or port may hold.</remarks>
    public static TemplateLanguage? OfValue(string value, out string sample)
    {
        const int LongestName = 1024;
        if (value.Length > LongestName || !value.AsSpan().ContainsAny(s_marks))
        {
            sample = "";
            return null;
        }

        if (Of(value, out sample) is { } language)
        {
            return language;
        }

        foreach (var (pattern, found) in new[] { (Variable(), s_shell), (Gap(), s_gaps) })
        {
            if (pattern.Match(value) is { Success: true } match)
            {
                sample = Shorten(match.Value);
                return found;
            }
        }

        return null;
    }

    /// <summary>The language that hides in the comments of a text, and leaves its values empty: ytt.</summary>
    public static TemplateLanguage? OfComments(string text, out string sample)
    {
        if (!text.Contains("#@", StringComparison.Ordinal))
        {
            sample = "";
            return null;
        }

        var match = YttComment().Match(text);
        sample = Shorten(match.Value.Trim());
        return match.Success ? s_ytt : null;
    }

    /// <summary>Whether a document begins with a tag, such as <c>{% if %}</c>, which as YAML is a mapping with an odd key.</summary>
    public static bool BeginsWithTag(string text)
    {
        var rest = text.AsSpan().TrimStart();
        while (rest is ['#', ..] || rest.StartsWith("---", StringComparison.Ordinal))
        {
            rest = rest.IndexOf('\n') is >= 0 and var end ? rest[end..].TrimStart() : [];
        }

        return rest is ['{', '%' or '{', ..];
    }

    private static IEnumerable<(Regex Pattern, TemplateLanguage Language)> Signs() =>
    [
        (Helm(), s_helm),
        (Jinja(), s_jinja),
        (Go(), s_go),
        (Erb(), s_erb),
    ];

    private static string Shorten(string text)
    {
        var line = text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? text[..end] : text;
        return line.Length > LongestSample ? line[..LongestSample] + "..." : line;
    }

    // Bounded, so that no text makes a search long.
    [GeneratedRegex(@"\{\{-?\s{0,9}(?:/\*|[^{}\r\n]{0,300}?(?:\.Values\b|\.Release\b|\.Chart\b|\.Capabilities\b|\.Template\b|\.Files\b|\b(?:include|template|define|tpl|toYaml|nindent|quote)\b))[^{}\r\n]{0,300}(?:\}\})?")]
    private static partial Regex Helm();

    [GeneratedRegex(@"\{%[^\r\n]{0,300}?%\}|\{\{-?\s{0,9}(?!(?:if|range|with|end|else)\b)[A-Za-z_][\w.\[\]'"" |()]{0,300}-?\s{0,9}\}\}")]
    private static partial Regex Jinja();

    [GeneratedRegex(@"\{\{[^\r\n]{0,300}?\}\}")]
    private static partial Regex Go();

    [GeneratedRegex("<%[^\r\n]{0,300}?%>")]
    private static partial Regex Erb();

    [GeneratedRegex(@"(?m)^[ \t]{0,99}#@ ?(?:load|def|if|for|end)\b[^\r\n]{0,99}|:[ \t]{1,9}#@ [^\r\n]{0,99}")]
    private static partial Regex YttComment();

    // ${HOST}, ${{ host }}, $(HOST), $HOST
    [GeneratedRegex(@"\$\{\{?[^{}]*\}?\}|\$\([A-Za-z_][\w.-]*\)|\$[A-Za-z_]\w*")]
    private static partial Regex Variable();

    // <your-domain>, [HOST], {host}, %HOST%, @HOST@, __HOST__, #{HOST}#, ((host)), YOUR_DOMAIN, CHANGEME
    [GeneratedRegex(@"<[^<>]+>|\[\[?[^\[\]]+\]|#?\{[^{}]+\}#?|%[A-Za-z_]\w*%|@@?[A-Za-z_]\w*@|__\w+?__|\(\([^()]+\)\)|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b(?:YOUR|MY|REPLACE|CHANGE)[A-Z-]*\b|\b(?:TODO|FIXME|PLACEHOLDER|XXX+)\b")]
    private static partial Regex Gap();
}
