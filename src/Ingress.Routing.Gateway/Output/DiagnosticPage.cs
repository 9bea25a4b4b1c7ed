namespace Ingress.Routing.Gateway.Output;

/// <summary>What the documentation says about an id.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">The heading.</param>
/// <param name="Severity">The severity, <c>error.</c>, and when it differs.</param>
/// <param name="Description">Cause and effect.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Markdown">The whole section.</param>
internal sealed record DiagnosticPage(string Id, string Title, string Severity, string Description, string Remedy, string Markdown);
