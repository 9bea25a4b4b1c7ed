using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Templates;

/// <summary>What is still to be filled in.</summary>
/// <param name="Language">How it is written.</param>
/// <param name="Sample">The first place, as written.</param>
/// <param name="Position">Where that stands.</param>
/// <param name="Count">How many places there are.</param>
internal sealed record PlaceholderFinding(TemplateLanguage Language, string Sample, Position Position, int Count);
