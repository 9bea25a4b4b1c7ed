namespace Ingress.Routing.Nginx.Snippets;

/// <summary>One directive of a snippet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">What follows, without quotes and escapes.</param>
/// <param name="Block">The directives in its braces; null when it ends with a semicolon. Empty for code of another language.</param>
/// <param name="Line">Its line, from 1.</param>
internal sealed record SnippetDirective(string Name, string[] Arguments, IReadOnlyList<SnippetDirective>? Block, int Line)
{
    /// <summary>The directive and all that it holds.</summary>
    public IEnumerable<SnippetDirective> All => (Block ?? []).SelectMany(static inner => inner.All).Prepend(this);

    /// <summary>Returns it as it may be written, on one line.</summary>
    public override string ToString()
        => string.Join(' ', Arguments.Prepend(Name)) + (Block is null ? ";" : $" {{ {string.Join(' ', Block)} }}");
}
