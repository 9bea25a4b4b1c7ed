using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>Makes policies of the snippets of one Ingress. Used once.</summary>
/// <param name="ingress">The Ingress.</param>
/// <param name="rejectsBacktracking">Whether patterns that need backtracking are refused.</param>
internal sealed class SnippetTranslator(NamespacedName ingress, bool rejectsBacktracking)
{
    private readonly SnippetTexts _texts = new(ingress);
    private readonly SnippetAddresses _addresses = new();
    private readonly List<Rule> _first = [];
    private readonly List<Rule> _then = [];
    private readonly List<string> _rules = [];
    private SnippetHeaders? _headers;
    private SnippetRules? _translated;

    /// <summary>What was not translated.</summary>
    public List<SnippetProblem> Problems { get; } = [];

    /// <summary>What clients and backends get.</summary>
    public SnippetHeaders Headers => _headers ??= new(ingress, _texts);

    /// <summary>Which addresses are let in; null when nothing says so.</summary>
    public AddressList? Addresses => _addresses.Policy;

    /// <summary>The largest body in bytes, 0 for any; null when nothing says so.</summary>
    public long? BodySize { get; private set; }

    /// <summary>The times for backends.</summary>
    public SnippetTimeouts Timeouts { get; } = new();

    /// <summary>Whether a rule changes the path.</summary>
    public bool ChangesPath => _translated?.ChangesPath ?? false;

    /// <summary>The rules; null when there are none.</summary>
    public OrderedRules? Rules => _rules.Count == 0 ? null : new()
    {
        Text = string.Join(' ', _rules),
        Source = ingress,
        First = [.. _first],
        Then = [.. _then],
        Variables = _texts.Variables,
    };

    /// <summary>Translates a snippet. That of the server goes first.</summary>
    public void Translate(IReadOnlyList<SnippetDirective> directives, bool isServer)
    {
        foreach (var directive in directives)
        {
            if (ProblemOf(directive, isServer) is { } problem)
            {
                Problems.Add(new(directive.Line, directive.Name, problem, DirectiveKinds.CouldProtect(directive)));
            }
        }
    }

    private string? ProblemOf(SnippetDirective directive, bool isServer)
    {
        switch (directive.Name)
        {
            case "add_header" or "proxy_hide_header" or "proxy_set_header" or "more_set_headers" or "more_clear_headers" or "more_set_input_headers"
                or "more_clear_input_headers":
                return Headers.Add(directive);

            case "allow" or "deny":
                return _addresses.Add(directive);

            case "if" or "set" or "return" or "rewrite" or "break":
                return AddRule(directive, isServer);

            case "client_max_body_size":
                BodySize = directive.Arguments is [var text] && NginxText.TryReadSize(text, out var bytes) ? bytes : null;
                return BodySize is null ? "It takes a size such as '8m'" : null;

            case "proxy_connect_timeout" or "proxy_send_timeout" or "proxy_read_timeout":
                return Timeouts.Add(directive);

            default:
                return "It is not translated";
        }
    }

    private string? AddRule(SnippetDirective directive, bool isServer)
    {
        _translated ??= new(_texts, rejectsBacktracking);
        if (_translated.Translate(directive, isConditional: false, out var problem) is not { } rule)
        {
            return problem;
        }

        (isServer ? _first : _then).Add(rule);
        _rules.Add(directive.ToString());
        return null;
    }
}
