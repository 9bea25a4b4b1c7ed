using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Gateway.Tests.Observability;

/// <summary>The instruments of this process under the names that Prometheus has for them.</summary>
internal sealed partial class MetricNames : IDisposable
{
    private static readonly Dictionary<string, string> s_units = new() { ["s"] = "_seconds", ["By"] = "_bytes" };

    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _instruments = [];
    private readonly MeterListener _listener = new();

    public MetricNames()
    {
        _listener.InstrumentPublished = (instrument, _) => Add(instrument);
        _listener.Start();
    }

    /// <summary>The names as Prometheus has them.</summary>
    public IReadOnlySet<string> All
    {
        get
        {
            lock (_names)
            {
                return _names.ToHashSet();
            }
        }
    }

    /// <summary>The names of our instruments, as they are documented.</summary>
    public IReadOnlySet<string> Instruments
    {
        get
        {
            lock (_names)
            {
                return _instruments.ToHashSet();
            }
        }
    }

    /// <summary>The names of metrics in an expression: what is no function, no label and no word of the language.</summary>
    public static IEnumerable<string> In(string expression)
        => Names().Matches(Groupings().Replace(Braces().Replace(Strings().Replace(expression, ""), " "), " "))
            .Select(static match => match.Groups[1].Value)
            .Where(static name => name is not ("by" or "without" or "on" or "ignoring" or "and" or "or" or "unless"));

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument)
    {
        var type = instrument.GetType();
        var name = instrument.Name.Replace('.', '_') + s_units.GetValueOrDefault(instrument.Unit ?? "", "");
        lock (_names)
        {
            if (instrument.Name.StartsWith("ingress_routing.", StringComparison.Ordinal))
            {
                _instruments.Add(instrument.Name);
            }

            if (type.Name.StartsWith("Histogram", StringComparison.Ordinal))
            {
                _names.UnionWith([name + "_bucket", name + "_sum", name + "_count"]);
            }
            else
            {
                var isCounter = type.Name.StartsWith("Counter", StringComparison.Ordinal) || type.Name.StartsWith("ObservableCounter", StringComparison.Ordinal);
                _names.Add(isCounter ? name + "_total" : name);
            }
        }
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring)\s*\([^)]*\)")]
    private static partial Regex Groupings();

    [GeneratedRegex(@"(?<![\w:.$])([a-zA-Z_:][\w:]*)(?!\s*\()(?![\w:])")]
    private static partial Regex Names();
}
