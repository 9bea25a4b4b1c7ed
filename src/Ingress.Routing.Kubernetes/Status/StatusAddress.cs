using System.Net;
using System.Net.Sockets;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>One address at which an Ingress is reached: an IP address or a name, never both.</summary>
/// <remarks>In one spelling, so that equal addresses are equal texts.</remarks>
internal readonly record struct StatusAddress : IComparable<StatusAddress>
{
    private StatusAddress(string value, bool isIp)
    {
        Value = value;
        IsIp = isIp;
    }

    public string Value { get; }

    /// <summary>Whether it goes into <c>ip</c>; else into <c>hostname</c>. The API server refuses what is in the wrong one.</summary>
    public bool IsIp { get; }

    /// <summary>Reads an address or a name as the API server would store it.</summary>
    public static bool TryParse(string? text, out StatusAddress address)
    {
        address = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (IPAddress.TryParse(text, out var ip))
        {
            // "1" and "0x7f.1" are addresses for the parser, and for nobody else; a zone has no meaning for other machines.
            var isUsual = ip.AddressFamily == AddressFamily.InterNetwork ? ip.ToString() == text : ip.ScopeId == 0 && !text.Contains('%', StringComparison.Ordinal);
            address = new(ip.ToString(), isIp: true);
            return isUsual;
        }

        address = new(text.ToLowerInvariant(), isIp: false);
        return IsName(address.Value);
    }

    /// <summary>Reads what is stored; what neither is an address nor a name is kept as it is, so that it differs from whatever is ours.</summary>
    public static IEnumerable<StatusAddress> Read(LoadBalancerIngress entry)
    {
        if (!string.IsNullOrEmpty(entry.Ip))
        {
            yield return TryParse(entry.Ip, out var ip) ? ip : new(entry.Ip, isIp: true);
        }

        if (!string.IsNullOrEmpty(entry.Hostname))
        {
            yield return TryParse(entry.Hostname, out var name) ? name : new(entry.Hostname, isIp: false);
        }
    }

    public int CompareTo(StatusAddress other)
        => IsIp == other.IsIp ? string.CompareOrdinal(Value, other.Value) : IsIp ? -1 : 1;

    public override string ToString() => Value;

    // RFC 1123 subdomain.
    private static bool IsName(string name)
        => name.Length <= 253 && Array.TrueForAll(name.Split('.'), static label
            => label is { Length: > 0 and <= 63 } && label[0] != '-' && label[^1] != '-'
                && label.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'));
}
