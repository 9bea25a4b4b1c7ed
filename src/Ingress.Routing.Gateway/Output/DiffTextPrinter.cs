using Ingress.Routing.Comparison;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes a comparison for people at a terminal: what happens in one line each, then who says so, and a URL to try.</summary>
/// <param name="output">Takes the text.</param>
/// <param name="style">The colours.</param>
internal sealed class DiffTextPrinter(TextWriter output, TerminalStyle style)
{
    private const int MostPathWidth = 48;
    private const int WordWidth = 6;

    public void Write(RouteTableComparison comparison)
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
            WriteHeading(DiffSummary.HostsOf(regions));
            Write(changes);
        }

        WriteCertificates(comparison.Certificates);
        WriteDestinations(comparison.Destinations);
    }

    private void Write(IReadOnlyList<RouteChange> changes)
    {
        var width = Math.Min(changes.Max(static change => change.Paths.Length), MostPathWidth);
        foreach (var change in changes)
        {
            WriteLine(change.Kind, $"{change.Paths.PadRight(width)}  {change.Before} -> {change.After}");
            var example = change.Differences[0];
            WritePlace("was", example.Before);
            WritePlace("now", example.After);
            WriteLine($"          try  {example.Witness.Url}");
        }
    }

    private void WriteCertificates(IReadOnlyList<CertificateDifference> certificates)
    {
        if (certificates.Count > 0)
        {
            WriteHeading("Certificates");
        }

        foreach (var difference in certificates)
        {
            WriteLine($"  {DiffSummary.NamesOf(difference.Names)}  {difference.Before} -> {difference.After}");
        }
    }

    private void WriteDestinations(IReadOnlyList<DestinationDifference> destinations)
    {
        if (destinations.Count > 0)
        {
            WriteHeading("Destinations (the requests stay with their Service)");
        }

        foreach (var difference in destinations)
        {
            WriteLine(
                DiffSummary.KindOf(difference),
                $"{difference.Service}  {DiffSummary.NameOf(difference.Before)} -> {DiffSummary.NameOf(difference.After)}");
        }
    }

    private void WritePlace(string label, RequestAnswer answer)
    {
        if (answer.Route is { } route)
        {
            WriteLine($"          {label}  {RouteOrigin.Describe(route)}");
        }
    }

    private void WriteHeading(string heading)
    {
        output.WriteLine();
        output.WriteLine(style.Heading(PrintableText.Escape(heading)));
    }

    private void WriteLine(string kind, string text)
    {
        var word = kind.PadRight(WordWidth);
        var styled = kind switch
        {
            "gained" => style.Good(word),
            "lost" => style.Bad(word),
            _ => style.Doubtful(word),
        };
        output.WriteLine($"  {styled}  {PrintableText.Escape(text)}");
    }

    private void WriteLine(string line) => output.WriteLine(PrintableText.Escape(line));
}
