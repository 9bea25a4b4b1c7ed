using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Linting;

/// <summary>Policies about who may ask, and what is kept or sent on, that do not do what they seem to (INGR133 to INGR136).</summary>
internal static class RiskyAccess
{
    public static void Report(LintedTable table)
    {
        foreach (var item in PolicyRoutes.All(table))
        {
            if (item.Policies.Find<Cors>() is { AdmitsAny: true, AllowsCredentials: true })
            {
                table.Diagnostics.Warn(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.CorsForAllWithCredentials,
                    item.FieldOf("cors-credentials", table),
                    "Browsers refuse '*' together with credentials. Name the origins that may send them, or do without credentials.");
            }

            if (item.Policies.Find<AddressList>() is { } list && ProblemOf(list) is { } problem)
            {
                table.Diagnostics.Warn(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.AddressListWithoutEffect,
                    item.FieldOfFirst(table, "allow-addresses", "deny-addresses"),
                    problem);
            }

            // Where it is the default of a dialect, its operator knows.
            if (item.Policies.Find<RequestBuffering>() is not null && item.Policies.Find<BodySizeLimit>() is null
                && item.FieldOf("request-buffering", table).EndsWith(']'))
            {
                table.Diagnostics.Warn(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.UnboundedBuffering,
                    item.FieldOf("request-buffering", table),
                    "Bodies of any size are written to the disk of the gateway. Say in 'body-size-limit' how large one may be.");
            }

            if (item.Policies.Find<Mirror>() is { } mirror && mirror.Target.Text.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            {
                table.Diagnostics.Inform(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.UnencryptedMirror,
                    item.FieldOf("mirror-target", table),
                    "Copies of all requests, with the cookies and passwords in them, go over the network unencrypted.");
            }
        }
    }

    private static string? ProblemOf(AddressList list)
    {
        if (list.Allowed.Where(static network => network.PrefixLength == 0).ToList() is [var all, ..])
        {
            return $"'{all}' stands for all addresses of its kind, so the list lets all of them in.";
        }

        var isAllDenied = !list.Allowed.IsEmpty && list.Allowed.All(network => list.Denied.Any(denied => Covers(denied, network)));
        return isAllDenied ? "All that it lets in is denied as well, so no client is let in." : RedundantIn(list.Allowed) ?? RedundantIn(list.Denied);
    }

    private static string? RedundantIn(ImmutableArray<IPNetwork> networks)
    {
        for (var i = 0; i < networks.Length; i++)
        {
            for (var j = 0; j < networks.Length; j++)
            {
                if (i != j && Covers(networks[i], networks[j]) && (i < j || networks[i] != networks[j]))
                {
                    return $"'{networks[j]}' is a part of '{networks[i]}', which is in the same list.";
                }
            }
        }

        return null;
    }

    private static bool Covers(IPNetwork wide, IPNetwork narrow)
        => wide.BaseAddress.AddressFamily == narrow.BaseAddress.AddressFamily && wide.PrefixLength <= narrow.PrefixLength && wide.Contains(narrow.BaseAddress);
}
