using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Ingress.Routing.Nginx;

/// <summary>The forms of text that many annotations of ingress-nginx have in common, read as it reads them.</summary>
internal static class NginxText
{
    /// <summary>Whether a text holds a line break, which could begin another directive or header.</summary>
    public static bool HasLineBreak(string text) => text.AsSpan().ContainsAny('\r', '\n');

    /// <summary>A Boolean as <c>strconv.ParseBool</c> of Go takes it: <c>yes</c> and <c>on</c> are none.</summary>
    public static bool TryReadBoolean(string text, out bool value)
    {
        value = text is "1" or "t" or "T" or "TRUE" or "true" or "True";
        return value || text is "0" or "f" or "F" or "FALSE" or "false" or "False";
    }

    /// <summary>A Boolean into a field that is null when there is none.</summary>
    public static bool TryReadBoolean(string text, [NotNullWhen(true)] out bool? value)
    {
        var isBoolean = TryReadBoolean(text, out bool read);
        value = isBoolean ? read : null;
        return isBoolean;
    }

    /// <summary>A number as <c>strconv.Atoi</c> of Go takes it: an optional sign and digits, no unit.</summary>
    public static bool TryReadNumber(string text, out int value)
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>A number in a range.</summary>
    public static bool TryReadNumber(string text, int from, int to, [NotNullWhen(true)] out int? value)
    {
        var isNumber = TryReadNumber(text, out var read) && read >= from && read <= to;
        value = isNumber ? read : null;
        return isNumber;
    }

    /// <summary><c>on</c> or <c>off</c>, exactly.</summary>
    public static bool TryReadSwitch(string text, [NotNullWhen(true)] out bool? value)
    {
        value = text switch
        {
            "on" => true,
            "off" => false,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>A size: digits, and optionally k, m or g in either case. Other spellings pass the validator there, and are then dropped.</summary>
    /// <param name="bytes">The size in bytes, at most <see cref="long.MaxValue"/>.</param>
    public static bool TryReadSize(string text, out long bytes)
    {
        bytes = 0;
        var shift = text.Length == 0 ? 0 : (text[^1] | 0x20) switch
        {
            'k' => 10,
            'm' => 20,
            'g' => 30,
            _ => 0,
        };
        var digits = shift == 0 ? text : text[..^1];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = number << shift;
        return true;
    }

    /// <summary>Texts with commas between them. Blanks around each, and empty ones, are left out.</summary>
    public static string[] ListOf(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Addresses and networks with commas between them, one at least. Bits behind the length of a network do not matter.</summary>
    public static bool TryReadNetworks(string text, out ImmutableArray<IPNetwork> networks)
    {
        var items = ListOf(text);
        var read = ImmutableArray.CreateBuilder<IPNetwork>(items.Length);
        networks = [];
        foreach (var item in items)
        {
            if (!TryReadNetwork(item, out var network))
            {
                return false;
            }

            read.Add(network);
        }

        networks = read.ToImmutable();
        return networks.Length > 0;
    }

    /// <summary>A reference to a Secret or a ConfigMap: <c>namespace/name</c>, or a name alone in the namespace of the Ingress.</summary>
    /// <param name="own">The namespace of the Ingress; null where ingress-nginx takes no name alone.</param>
    public static bool TryReadReference(string text, string? own, out NamespacedName name)
    {
        name = default;
        return text.Contains('/', StringComparison.Ordinal)
            ? NamespacedName.TryParse(text, CultureInfo.InvariantCulture, out name)
            : own is not null && NamespacedName.TryParse($"{own}/{text}", CultureInfo.InvariantCulture, out name);
    }

    private static bool TryReadNetwork(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || !IsWhole(slash < 0 ? text : text[..slash], address))
        {
            return false;
        }

        var bits = address.GetAddressBytes();
        var length = bits.Length * 8;
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits.Length * 8))
        {
            return false;
        }

        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] &= (byte)(0xFF00 >> Math.Clamp(length - (8 * i), 0, 8));
        }

        network = new(new IPAddress(bits), length);
        return true;
    }

    // Not '1', '0x7f.1' or 'fe80::1%eth0', which .NET takes as addresses and Go does not.
    private static bool IsWhole(string text, IPAddress address)
        => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? address.ToString() == text
            : !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal);
}
