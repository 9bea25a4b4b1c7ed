using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>The diagnostics of a table, seen by the gateway that serves it.</summary>
/// <param name="Open">Those that say what happens.</param>
/// <param name="Answered">Those about missing endpoints and Secrets where somebody answers all the same, worded accordingly.</param>
internal sealed record ServedDiagnostics(IReadOnlyList<IngressDiagnostic> Open, IReadOnlyList<IngressDiagnostic> Answered)
{
    public IReadOnlyList<IngressDiagnostic> All => [.. Open, .. Answered];
}
