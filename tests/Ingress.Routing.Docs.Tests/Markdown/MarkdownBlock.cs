namespace Ingress.Routing.Docs.Tests.Markdown;

/// <summary>A fenced block: what follows the fence, the text, and where it stands.</summary>
internal sealed record MarkdownBlock(string Language, string Text, int Line);
