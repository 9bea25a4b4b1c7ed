using System.Runtime.InteropServices;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>How much is being served, kept up to date by what comes and goes. Not thread-safe.</summary>
internal sealed class ServedTotals
{
    private readonly Dictionary<ServiceReference, int> _routesByPort = [];
    private int _ingresses;
    private int _routes;
    private int _errors;
    private int _warnings;

    /// <summary>Counts a table as a whole.</summary>
    public void Restart(IngressRouteTable table, IReadOnlyList<IngressDiagnostic> diagnostics)
    {
        _routesByPort.Clear();
        (_routes, _errors, _warnings) = (0, 0, 0);
        Replace(table, [], table.Routes, [], diagnostics);
    }

    /// <summary>Takes out what was, and puts in what is.</summary>
    public void Replace(
        IngressRouteTable table,
        IReadOnlyList<IngressRoute> routesBefore,
        IReadOnlyList<IngressRoute> routesAfter,
        IReadOnlyList<IngressDiagnostic> before,
        IReadOnlyList<IngressDiagnostic> after)
    {
        _ingresses = table.IngressCount;
        _errors += Count(after, IngressDiagnosticSeverity.Error) - Count(before, IngressDiagnosticSeverity.Error);
        _warnings += Count(after, IngressDiagnosticSeverity.Warning) - Count(before, IngressDiagnosticSeverity.Warning);
        _routes += routesAfter.Count - routesBefore.Count;
        Add(routesAfter, 1);
        Add(routesBefore, -1);
    }

    /// <summary>Returns, for instance, <c>2 Ingresses, 0 errors, 1 warning; 4 routes to 2 Service ports.</c></summary>
    public override string ToString()
        => $"{PrintableText.Count(_ingresses, "Ingress", "Ingresses")}, {PrintableText.Count(_errors, "error")}, "
            + $"{PrintableText.Count(_warnings, "warning")}; {PrintableText.Count(_routes, "route")} to "
            + $"{PrintableText.Count(_routesByPort.Count, "Service port")}.";

    private void Add(IReadOnlyList<IngressRoute> routes, int difference)
    {
        foreach (var route in routes)
        {
            foreach (var port in route.Services)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_routesByPort, port, out _);
                count += difference;
                if (count == 0)
                {
                    _routesByPort.Remove(port);
                }
            }
        }
    }

    private static int Count(IReadOnlyList<IngressDiagnostic> diagnostics, IngressDiagnosticSeverity severity)
        => DiagnosticPrinter.Count(diagnostics, severity);
}
