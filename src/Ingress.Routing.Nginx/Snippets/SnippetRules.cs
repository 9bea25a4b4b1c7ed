using System.Collections.Immutable;
using System.Globalization;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>Makes rules of <c>if</c>, <c>set</c>, <c>return</c>, <c>rewrite</c> and <c>break</c>.</summary>
/// <param name="texts">Reads their texts.</param>
/// <param name="rejectsBacktracking">Whether patterns that need backtracking are refused.</param>
internal sealed class SnippetRules(SnippetTexts texts, bool rejectsBacktracking)
{
    private const int NoAnswer = 444;

    /// <summary>Whether a rule changes the path.</summary>
    public bool ChangesPath { get; private set; }

    /// <summary>Translates a directive.</summary>
    /// <param name="isConditional">Whether it stands in an <c>if</c>.</param>
    /// <param name="problem">What is wrong, as a sentence without its full stop; empty when nothing is.</param>
    /// <returns>The rule; null when there is none.</returns>
    public Rule? Translate(SnippetDirective directive, bool isConditional, out string problem)
    {
        problem = "";
        return directive switch
        {
            { Name: "break", Arguments: [] } => new BreakRule(),
            { Name: "set", Arguments: [['$', .. var name], var value] } => Set(name, value, isConditional, out problem),
            { Name: "return", Arguments: [var first, .. var rest], Block: null } => Return(first, rest, out problem),
            { Name: "rewrite", Arguments: [var pattern, var target, .. var flags], Block: null } => Rewrite(pattern, target, flags, out problem),
            { Name: "if", Block: { } block } when !isConditional => If(directive.Arguments, block, out problem),
            { Name: not ("break" or "set" or "return" or "rewrite") } when isConditional => Refuse("It is not translated inside an 'if'", out problem),
            _ => Refuse("It is not written as nginx takes it", out problem),
        };
    }

    private SetRule? Set(string name, string value, bool isConditional, out string problem)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return Refuse<SetRule>($"'${name}' is no variable that can be set", out problem);
        }

        // A variable of nginx or of the controller decides what is done with the request there.
        if (NginxTemplate.TryRead($"${name}", default, null, out _, out _)
            || name is "proxy_upstream_name" or "service_name" or "service_port" or "location_path" or "args" or "uri" or "limit_rate" or "global_rate_limit_exceeding")
        {
            return Refuse<SetRule>($"'${name}' is a variable of ingress-nginx, and means nothing here", out problem);
        }

        return texts.TryRead(value, out var text, out problem) ? new(texts.NumberOf(name, isConditional ? null : text.Constant), text) : null;
    }

    private ReturnRule? Return(string first, string[] rest, out string problem)
    {
        if (rest.Length == 0 && (first.StartsWith("http://", StringComparison.Ordinal) || first.StartsWith("https://", StringComparison.Ordinal)
            || first.StartsWith("$scheme", StringComparison.Ordinal)))
        {
            return texts.TryRead(first, out var url, out problem) ? new(302, url) : null;
        }

        if (rest.Length > 1
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || (status is < 200 or > 599 && status != NoAnswer))
        {
            return Refuse<ReturnRule>("It takes a status from 200 to 599 and an optional text, or a URL", out problem);
        }

        RuleText? text = null;
        problem = "";
        return rest is [] || texts.TryRead(rest[0], out text, out problem) ? new(status, text) : null;
    }

    private RewriteRule? Rewrite(string patternText, string target, string[] flags, out string problem)
    {
        var flag = flags is [var only] ? only : flags is [] ? "" : "?";
        if (flag is not ("" or "last" or "break" or "redirect" or "permanent"))
        {
            return Refuse<RewriteRule>("It takes 'last', 'break', 'redirect', 'permanent' or nothing after its target", out problem);
        }

        if (!TryReadPattern(patternText, ignoreCase: false, out var pattern, out problem) || !texts.TryRead(target, out var text, out problem))
        {
            return null;
        }

        var redirect = flag switch
        {
            "permanent" => 301,
            "redirect" => 302,
            _ when target.StartsWith("http://", StringComparison.Ordinal) || target.StartsWith("https://", StringComparison.Ordinal)
                || target.StartsWith("$scheme", StringComparison.Ordinal) => 302,
            _ => 0,
        };
        ChangesPath |= redirect == 0;
        return new(pattern!, text, redirect, isLast: flag == "last", isBreak: flag == "break");
    }

    private ConditionalRule? If(string[] arguments, IReadOnlyList<SnippetDirective> block, out string problem)
    {
        if (Test(arguments, out problem) is not { } test)
        {
            return null;
        }

        var rules = ImmutableArray.CreateBuilder<Rule>(block.Count);
        foreach (var directive in block)
        {
            if (Translate(directive, isConditional: true, out problem) is not { } rule)
            {
                problem = $"In it, '{directive.Name}' in line {directive.Line}: {problem}";
                return null;
            }

            rules.Add(rule);
        }

        return new(test, rules.MoveToImmutable());
    }

    private RuleTest? Test(string[] arguments, out string problem)
    {
        // '(' and ')' are a part of the first and the last word, or words alone.
        if (arguments is not [['(', .. var beginning], ..] || arguments[^1] is not [.. var end, ')'])
        {
            return Refuse<RuleTest>("Its condition must stand in brackets", out problem);
        }

        string[] words = arguments is [_]
            ? [beginning[..^1]]
            : [.. beginning.Length > 0 ? [beginning] : Array.Empty<string>(), .. arguments[1..^1], .. end.Length > 0 ? [end] : Array.Empty<string>()];
        if (words is not [['$', ..] subject, .. var rest] || rest.Length is not (0 or 2))
        {
            return Refuse<RuleTest>("Its condition must be a variable, or a variable compared with a text by '=', '!=', '~', '~*', '!~' or '!~*'", out problem);
        }

        if (!texts.TryRead(subject, out var text, out problem))
        {
            return null;
        }

        if (rest is not [var comparison, var value])
        {
            return new(text, null, null, isNegated: false);
        }

        if (comparison is "=" or "!=")
        {
            return new(text, value, null, isNegated: comparison == "!=");
        }

        if (comparison is not ("~" or "~*" or "!~" or "!~*"))
        {
            return Refuse<RuleTest>($"There is no comparison '{comparison}'", out problem);
        }

        return TryReadPattern(value, comparison.EndsWith('*'), out var pattern, out problem) ? new(text, null, pattern, comparison[0] == '!') : null;
    }

    private bool TryReadPattern(string text, bool ignoreCase, out RulePattern? pattern, out string problem)
    {
        problem = !RulePattern.TryParse(text, ignoreCase, out pattern) ? $"'{text}' is no regular expression"
            : pattern.NeedsBacktracking && rejectsBacktracking ? $"The pattern '{text}' needs backtracking, which is switched off"
            : "";
        return problem.Length == 0;
    }

    private static T? Refuse<T>(string reason, out string problem)
        where T : class
    {
        problem = reason;
        return null;
    }

    private static Rule? Refuse(string reason, out string problem) => Refuse<Rule>(reason, out problem);
}
