using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Turns text with variables of nginx into a template of ours. The set of variables is closed: what is not in it is refused.</summary>
internal static class NginxVariables
{
    /// <summary>Translates a text.</summary>
    /// <param name="text">The text, in which <c>$name</c> and <c>${name}</c> are variables.</param>
    /// <param name="template">The same as <see cref="PolicyTemplate"/> writes it; null when it names a variable that is not known here.</param>
    public static bool TryTranslate(string text, [NotNullWhen(true)] out string? template)
    {
        template = null;
        var translated = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$')
            {
                translated.Append(text[i]);
                continue;
            }

            var isBraced = i + 1 < text.Length && text[i + 1] == '{';
            var begin = i + (isBraced ? 2 : 1);
            var end = begin;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if ((isBraced && (end == text.Length || text[end] != '}')) || Find(text[begin..end]) is not { } ours)
            {
                return false;
            }

            translated.Append(ours);
            i = isBraced ? end : end - 1;
        }

        template = translated.ToString();
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

    private static string? Find(string name) => name switch
    {
        "args" or "query_string" => "${args}",
        "escaped_request_uri" => "${escaped_target}",
        "host" => "${host}",
        "best_http_host" or "http_host" => "${header:Host}",
        "is_args" => "${is_args}",
        "pass_access_scheme" or "scheme" => "${scheme}",
        "pass_server_port" or "server_port" => "${port}",
        "remote_addr" or "the_real_ip" => "${client_address}",
        "req_id" or "request_id" => "${request_id}",
        "request_method" => "${method}",
        "request_uri" => "${path}${query}",
        "uri" or "document_uri" => "${path}",
        ['a', 'r', 'g', '_', _, ..] => $"${{query:{name[4..]}}}",
        ['c', 'o', 'o', 'k', 'i', 'e', '_', _, ..] => $"${{cookie:{name[7..]}}}",
        ['h', 't', 't', 'p', '_', _, ..] => $"${{header:{name[5..].Replace('_', '-')}}}",
        _ => null,
    };
}
