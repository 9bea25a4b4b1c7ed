using System.Collections.Frozen;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Linting;

/// <summary>Policies that protect less than they seem to (INGR125), and changes of headers that open something (INGR126).</summary>
internal static class RiskyPolicies
{
    private static readonly FrozenSet<string> s_protecting = FrozenSet.ToFrozenSet(
        ["Strict-Transport-Security", "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_describing = FrozenSet.ToFrozenSet(
        ["Content-Encoding", "Content-Range", "Content-Type", "ETag", "Location", "Vary", "WWW-Authenticate"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_identifying = FrozenSet.ToFrozenSet(
        ["Authorization", "Proxy-Authorization", "Cookie"], StringComparer.OrdinalIgnoreCase);

    public static void Report(LintedTable table)
    {
        foreach (var item in PolicyRoutes.All(table))
        {
            if (item.Policies.Find<RateLimit>()?.Key.HeaderName is { } header)
            {
                table.Diagnostics.Inform(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.RateLimitKeyOfClients,
                    item.FieldOf("rate-limit-key", table),
                    $"Any client can choose the value of '{header}', and with a new one for each request it is never limited. Keep this key where something in front sets the header, and limit by 'client' otherwise.");
            }

            if (item.Policies.Find<ConcurrencyLimit>()?.Key.HeaderName is { } other)
            {
                table.Diagnostics.Inform(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.RateLimitKeyOfClients,
                    item.FieldOf("concurrency-limit-key", table),
                    $"Any client can choose the value of '{other}', and with a new one for each request it is never limited. Keep this key where something in front sets the header, and limit by 'client' otherwise.");
            }

            ReportEdits(item, item.Policies.Find<RequestHeaderEdits>(), "request-headers", ProblemOfRequest, table);
            ReportEdits(item, item.Policies.Find<ResponseHeaderEdits>(), "response-headers", ProblemOfResponse, table);
        }
    }

    private static void ReportEdits(PolicyRoutes item, HeaderEdits? edits, string annotation, Func<HeaderEdit, HeaderEdits, string?> problemOf, LintedTable table)
    {
        foreach (var edit in edits is null ? [] : edits.Edits)
        {
            if (problemOf(edit, edits!) is { } problem)
            {
                var kind = edit.Kind switch { HeaderEditKind.Remove => "remove", HeaderEditKind.Add => "add", _ => "set" };
                table.Diagnostics.Warn(item.Owner.Ingress, IngressDiagnosticIds.RiskyHeaderEdit, item.FieldOf($"{annotation}-{kind}", table), problem);
            }
        }
    }

    private static string? ProblemOfRequest(HeaderEdit edit, HeaderEdits all)
        => edit.Kind != HeaderEditKind.Remove && s_identifying.Contains(edit.Name)
            ? $"Every client reaches the backend with this '{edit.Name}', so every client has its rights. It is a secret in an Ingress, too, which many can read."
            : null;

    private static string? ProblemOfResponse(HeaderEdit edit, HeaderEdits all) => edit switch
    {
        { Name: var name, Kind: not HeaderEditKind.Remove } when Is(name, "Set-Cookie")
            => "Every client gets the same cookie, and 'set' drops those of the backend. A session that all clients share is everyone's.",
        { Name: var name, Kind: HeaderEditKind.Remove } when Is(name, "Set-Cookie")
            => "No cookie of the backend reaches a client, so no session begins and none ends.",
        { Name: var name, Kind: HeaderEditKind.Remove } when s_protecting.Contains(name)
            => $"'{name}' is how the backend protects its clients. Without it they are open to what it was set against.",
        { Name: var name } when s_describing.Contains(name)
            => $"'{name}' describes the answer of the backend. A client that is told something else misreads the answer.",
        { Name: var name, Value.Text: "*" } when Is(name, "Access-Control-Allow-Origin") && all.Edits.Any(static other => Is(other.Name, "Access-Control-Allow-Credentials"))
            => "Browsers refuse '*' together with credentials. Name the origins that may read the answers.",
        _ => null,
    };

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
