using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>The few forms of text that many annotations have in common.</summary>
internal static class AnnotationText
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool TryReadBoolean(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }

    /// <summary>A whole number in decimal digits.</summary>
    public static bool TryReadNumber(string text, int from, int to, out int value)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= from && value <= to;

    /// <summary>Texts with commas between them, blanks around each left out; none may be empty.</summary>
    public static bool TryReadList(string text, out string[] items)
    {
        items = text.Split(',', StringSplitOptions.TrimEntries);
        return items.All(static item => item.Length > 0);
    }

    /// <summary>A number of bytes, or of kibibytes, mebibytes or gibibytes: <c>512</c>, <c>64k</c>, <c>10m</c>, <c>1g</c>, in either case.</summary>
    public static bool TryReadSize(string text, out long bytes)
    {
        var shift = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        var isNumber = long.TryParse(shift > 0 ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
        if (!isNumber || bytes > long.MaxValue >> shift)
        {
            return false;
        }

        bytes <<= shift;
        return true;
    }

    /// <summary>Networks and addresses with commas between them.</summary>
    public static bool TryReadNetworks(string text, out ImmutableArray<IPNetwork> networks)
    {
        networks = [];
        if (!TryReadList(text, out var items))
        {
            return false;
        }

        var read = ImmutableArray.CreateBuilder<IPNetwork>(items.Length);
        foreach (var item in items)
        {
            if (!Cidr.TryParse(item, out var network))
            {
                return false;
            }

            read.Add(network);
        }

        networks = read.MoveToImmutable();
        return true;
    }

    /// <summary>A Service of the same namespace: its name, and its port behind a colon if another than the first is meant.</summary>
    public static bool TryReadService(string text, out string name, out ServiceBackendPort port)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        name = colon < 0 ? text : text[..colon];
        port = ServiceBackendPort.First;
        return name.Length > 0 && !NameSyntax.ServiceNameErrors(name).Any() && (colon < 0 || TryReadPort(text[(colon + 1)..], out port));
    }

    /// <summary>A port of a Service, by number or by name.</summary>
    public static bool TryReadPort(string text, out ServiceBackendPort port)
    {
        const int LargestPort = 65535;
        port = TryReadNumber(text, 1, LargestPort, out var number) ? new() { Number = number } : new() { Name = text };
        return port.Number is not null || (text.Length > 0 && !NameSyntax.PortNameErrors(text).Any());
    }
}
