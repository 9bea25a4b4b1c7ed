using System.Diagnostics.CodeAnalysis;
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
        if (!NginxVariables.TryReplace(text, (name, _) => Translate(name, ingress, pattern), out var translated, out var unknown))
        {
            problem = unknown is null ? "a '$' must be followed by the name of a variable" : $"there is no variable '${unknown}' here";
            return false;
        }

        // The query with its mark is one thing to us, and stays one wherever it is put.
        translated = translated.Replace("${is_args}${args}", "${query}", StringComparison.Ordinal);
        return PolicyTemplate.TryParse(translated, pattern, out template, out problem);
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
