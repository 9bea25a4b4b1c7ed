using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Turns text with variables of nginx (<c>$host</c>, <c>${arg_a}</c>, <c>$1</c>) into a template of ours.</summary>
/// <remarks>A closed set: no text of an annotation can reach anything else.</remarks>
internal static class NginxVariables
{
    /// <summary>Translates a text.</summary>
    /// <param name="text">The text, in which <c>$name</c> and <c>${name}</c> are variables, and <c>$1</c> is a capture.</param>
    /// <param name="template">The same as <see cref="PolicyTemplate"/> writes it; null when it names a variable that is not known here.</param>
    public static bool TryTranslate(string text, [NotNullWhen(true)] out string? template) => TryTranslate(text, out template, out _);

    /// <summary>Translates a text, and says why it cannot.</summary>
    /// <param name="text">The text, in which <c>$name</c> and <c>${name}</c> are variables, and <c>$1</c> is a capture.</param>
    /// <param name="template">The same as <see cref="PolicyTemplate"/> writes it; captures are single digits, as nginx reads them.</param>
    /// <param name="problem">What is wrong, as the end of a sentence; empty when nothing is.</param>
    public static bool TryTranslate(string text, [NotNullWhen(true)] out string? template, out string problem)
    {
        template = null;
        problem = "";
        if (!TryReplace(text, static (name, isBraced) => !char.IsAsciiDigit(name[0]) ? Find(name) : isBraced ? null : $"${{{name}}}", out var replaced, out var unknown))
        {
            problem = unknown is null ? "a '$' must be followed by a digit or by the name of a variable" : $"the variable '${unknown}' is not available";
            return false;
        }

        template = replaced;
        return true;
    }

    /// <summary>Puts something else in place of each variable of a text.</summary>
    /// <param name="text">The text, in which <c>$name</c> and <c>${name}</c> are variables; a digit is a name by itself, so that <c>$10</c> is the first capture and a zero.</param>
    /// <param name="find">What stands in place of a name, and whether it was written in braces; null when there is no such variable.</param>
    /// <param name="replaced">The text with its variables replaced; empty when that failed.</param>
    /// <param name="unknown">The name that is none; null when no name follows a <c>$</c>.</param>
    public static bool TryReplace(string text, Func<string, bool, string?> find, out string replaced, out string? unknown)
    {
        var result = new StringBuilder(text.Length + 16);
        replaced = "";
        unknown = null;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '$')
            {
                result.Append(text[i++]);
                continue;
            }

            if (!TryReadName(text, ref i, out var name, out var isBraced))
            {
                return false;
            }

            if (find(name, isBraced) is not { } found)
            {
                unknown = name;
                return false;
            }

            result.Append(found);
        }

        replaced = result.ToString();
        return true;
    }

    /// <summary>Reads a text of printable characters with variables as a template.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out PolicyTemplate? template)
    {
        template = null;
        return !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && TryTranslate(text, out var translated)
            && PolicyTemplate.TryParse(translated, null, out template, out _)
            && template is not null;
    }

    /// <summary>The variable of ours that stands for one of nginx, as a template writes it; null when there is none.</summary>
    /// <param name="name">The name, without the <c>$</c>. Headers are written with <c>_</c> for <c>-</c>.</param>
    public static string? Find(string name) => name switch
    {
        "args" or "query_string" => "${args}",
        "escaped_request_uri" => "${escaped_target}",
        "host" or "redirect_to" or "server_name" => "${host}",
        "best_http_host" or "http_host" => "${header:Host}",
        "is_args" => "${is_args}",
        "pass_access_scheme" or "scheme" => "${scheme}",
        "pass_port" or "pass_server_port" or "server_port" => "${port}",
        "binary_remote_addr" or "proxy_add_x_forwarded_for" or "realip_remote_addr" or "remote_addr" or "the_real_ip" => "${client_address}",
        "req_id" or "request_id" => "${request_id}",
        "request_method" => "${method}",
        "request_uri" => "${path}${query}",
        "uri" or "document_uri" => "${path}",
        ['a', 'r', 'g', '_', _, ..] => $"${{query:{name[4..]}}}",
        ['c', 'o', 'o', 'k', 'i', 'e', '_', _, ..] => $"${{cookie:{name[7..]}}}",
        ['h', 't', 't', 'p', '_', _, ..] => $"${{header:{name[5..].Replace('_', '-')}}}",
        _ => null,
    };

    private static bool TryReadName(string text, ref int i, out string name, out bool isBraced)
    {
        isBraced = i + 1 < text.Length && text[i + 1] == '{';
        var start = i + (isBraced ? 2 : 1);
        var end = start;
        if (start < text.Length && char.IsAsciiDigit(text[start]))
        {
            end++;
        }
        else
        {
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }
        }

        name = text[start..end];
        i = isBraced ? end + 1 : end;
        return name.Length > 0 && (!isBraced || (end < text.Length && text[end] == '}'));
    }
}
