using System.Text;

namespace Ingress.Routing.Nginx;

/// <summary>Turns text with variables of nginx (<c>$host</c>, <c>${arg_a}</c>, <c>$1</c>) into a template of ours.</summary>
/// <remarks>A closed set: no text of an annotation can reach anything else.</remarks>
internal static class NginxVariables
{
    private static readonly Dictionary<string, string> s_all = new(StringComparer.Ordinal)
    {
        ["args"] = "${args}",
        ["best_http_host"] = "${header:Host}",
        ["document_uri"] = "${path}",
        ["host"] = "${host}",
        ["http_host"] = "${header:Host}",
        ["is_args"] = "${is_args}",
        ["pass_access_scheme"] = "${scheme}",
        ["query_string"] = "${args}",
        ["remote_addr"] = "${client_address}",
        ["req_id"] = "${request_id}",
        ["request_id"] = "${request_id}",
        ["request_method"] = "${method}",
        ["request_uri"] = "${path}${query}",
        ["scheme"] = "${scheme}",
        ["server_name"] = "${host}",
        ["server_port"] = "${port}",
        ["uri"] = "${path}",
    };

    // By what the name begins with; the rest names a header, a parameter or a cookie.
    private static readonly (string Beginning, string Kind)[] s_named = [("http_", "header"), ("arg_", "query"), ("cookie_", "cookie")];

    /// <summary>Translates a text.</summary>
    /// <param name="template">For <see cref="Policies.PolicyTemplate"/>; captures are single digits, as nginx reads them.</param>
    /// <param name="problem">What is wrong, as the end of a sentence; empty when nothing is.</param>
    public static bool TryTranslate(string text, out string template, out string problem)
    {
        var result = new StringBuilder();
        template = "";
        problem = "";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$')
            {
                result.Append(text[i]);
                continue;
            }

            if (i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                result.Append("${").Append(text[++i]).Append('}');
                continue;
            }

            var name = NameAt(text, i + 1, out var end);
            if (Find(name) is not { } variable)
            {
                problem = name.Length == 0 ? "a '$' must be followed by a digit or by the name of a variable" : $"the variable '${name}' is not available";
                return false;
            }

            result.Append(variable);
            i = end - 1;
        }

        template = result.ToString();
        return true;
    }

    private static string NameAt(string text, int start, out int end)
    {
        var isBraced = start < text.Length && text[start] == '{';
        start += isBraced ? 1 : 0;
        end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var name = text[start..end];
        if (!isBraced)
        {
            return name;
        }

        var isClosed = end < text.Length && text[end] == '}';
        end++;
        return isClosed ? name : "";
    }

    private static string? Find(string name)
    {
        if (s_all.TryGetValue(name, out var variable))
        {
            return variable;
        }

        foreach (var (beginning, kind) in s_named)
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal) && name.Length > beginning.Length)
            {
                var rest = name[beginning.Length..];
                return $"${{{kind}:{(kind == "header" ? rest.Replace('_', '-') : rest)}}}";
            }
        }

        return null;
    }
}
