using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Reads texts with variables of nginx, such as <c>$scheme://$host$request_uri</c>, as templates of policies.</summary>
/// <remarks>
/// The variables are a closed set. Those that the configuration of ingress-nginx sets (<c>$best_http_host</c>, <c>$namespace</c>) are among them. What the request
/// line says is canonical here: <c>$request_uri</c> and <c>$uri</c> never hold what was not matched.
/// </remarks>
internal static class NginxTemplate
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, as nginx would read it.</param>
    /// <param name="ingress">The Ingress, for <c>$namespace</c> and <c>$ingress_name</c>.</param>
    /// <param name="pattern">The pattern whose captures it may name; null when there is none. A group that the pattern does not have is empty.</param>
    /// <param name="template">The template; null when the text is none.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; empty when nothing is.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryRead(
        string text, NamespacedName ingress, PathPattern? pattern, [NotNullWhen(true)] out PolicyTemplate? template, out string problem)
    {
        template = null;
        var translated = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '$')
            {
                translated.Append(text[i++]);
                continue;
            }

            if (!TryReadName(text, ref i, out var name))
            {
                problem = "a '$' must be followed by the name of a variable";
                return false;
            }

            if (Translate(name, ingress, pattern) is not { } variable)
            {
                problem = $"there is no variable '${name}' here";
                return false;
            }

            translated.Append(variable);
        }

        // The query with its mark is one thing to us, and stays one wherever it is put.
        translated.Replace("${is_args}${args}", "${query}");
        return PolicyTemplate.TryParse(translated.ToString(), pattern, out template, out problem);
    }

    // '$name', '${name}' or one digit: '$10' is the first capture and a zero.
    private static bool TryReadName(string text, ref int i, out string name)
    {
        var isBraced = i + 1 < text.Length && text[i + 1] == '{';
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

    private static string? Translate(string name, NamespacedName ingress, PathPattern? pattern)
    {
        if (char.IsAsciiDigit(name[0]))
        {
            return pattern?.HasGroup(name) == true ? $"${{{name}}}" : "";
        }

        // A named group hides a variable in nginx as well.
        return pattern?.HasGroup(name) == true ? $"${{{name}}}" : name switch
        {
            "namespace" => ingress.Namespace,
            "ingress_name" => ingress.Name,
            _ => NginxVariables.Find(name),
        };
    }
}
