namespace Ingress.Routing.Nginx.Snippets;

/// <summary>A directive that is not translated.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Directive">Its name.</param>
/// <param name="Message">Why, as a sentence without its full stop.</param>
/// <param name="Protects">Whether it could protect something, so that its paths must be closed.</param>
internal sealed record SnippetProblem(int Line, string Directive, string Message, bool Protects);
