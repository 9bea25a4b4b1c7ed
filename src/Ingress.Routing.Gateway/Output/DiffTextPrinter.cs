using Ingress.Routing.Comparison;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes a comparison for people at a terminal: what happens in one line each, then who says so, and a URL to try.</summary>
internal static class DiffTextPrinter
{
    private const int MostPathWidth = 48;

    public static void Write(RouteTableComparison comparison, TextWriter output)
    {
        if (!comparison.HasDifferences)
        {
            output.WriteLine(DiffSummary.Nothing);
            return;
        }

        var hosts = comparison.Hosts.Select(static host => (host.Hosts, Changes: RouteChange.Of(host))).ToList();
        output.WriteLine($"{DiffSummary.Of(comparison, hosts.Sum(static host => host.Changes.Count))}.");
        foreach (var (regions, changes) in hosts)
        {
            WriteHeading(DiffSummary.HostsOf(regions), output);
            Write(changes, output);
        }

        WriteCertificates(comparison.Certificates, output);
        WriteDestinations(comparison.Destinations, output);
    }

    private static void Write(IReadOnlyList<RouteChange> changes, TextWriter output)
    {
        var width = Math.Min(changes.Max(static change => change.Paths.Length), MostPathWidth);
        foreach (var change in changes)
        {
            WriteLine($"  {change.Kind,-6}  {change.Paths.PadRight(width)}  {change.Before} -> {change.After}", output);
            var example = change.Differences[0];
            WritePlace("was", example.Before, output);
            WritePlace("now", example.After, output);
            WriteLine($"          try  {example.Witness.Url}", output);
        }
    }

    private static void WriteCertificates(IReadOnlyList<CertificateDifference> certificates, TextWriter output)
    {
        if (certificates.Count > 0)
        {
            WriteHeading("Certificates", output);
        }

        foreach (var difference in certificates)
        {
            WriteLine($"  {DiffSummary.NamesOf(difference.Names)}  {difference.Before} -> {difference.After}", output);
        }
    }

    private static void WriteDestinations(IReadOnlyList<DestinationDifference> destinations, TextWriter output)
    {
        if (destinations.Count > 0)
        {
            WriteHeading("Destinations (the requests stay with their Service)", output);
        }

        foreach (var difference in destinations)
        {
            WriteLine(
                $"  {DiffSummary.KindOf(difference),-6}  {difference.Service}  {DiffSummary.NameOf(difference.Before)} -> "
                    + DiffSummary.NameOf(difference.After),
                output);
        }
    }

    private static void WritePlace(string label, RequestAnswer answer, TextWriter output)
    {
        if (answer.Route is { } route)
        {
            WriteLine($"          {label}  {RouteOrigin.Describe(route)}", output);
        }
    }

    private static void WriteHeading(string heading, TextWriter output)
    {
        output.WriteLine();
        WriteLine(heading, output);
    }

    private static void WriteLine(string line, TextWriter output) => output.WriteLine(PrintableText.Escape(line));
}
