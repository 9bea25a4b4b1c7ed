using System.Text.Json.Nodes;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>The addresses of an Ingress, whatever their order (K30). Immutable; equal when it holds the same.</summary>
internal sealed class AddressSet : IEquatable<AddressSet>
{
    private readonly StatusAddress[] _addresses;

    public AddressSet(IEnumerable<StatusAddress> addresses) => _addresses = [.. addresses.Distinct().Order()];

    public static AddressSet None { get; } = new([]);

    public bool IsEmpty => _addresses.Length == 0;

    public IReadOnlyList<StatusAddress> Addresses => _addresses;

    /// <summary>What an Ingress has now.</summary>
    public static AddressSet Of(IngressResource ingress)
        => ingress.Status.LoadBalancer.Count == 0 ? None : new(ingress.Status.LoadBalancer.SelectMany(StatusAddress.Read));

    /// <summary>The list as a status has it; null when there is none, which takes the field out.</summary>
    public JsonArray? ToJson() => IsEmpty
        ? null
        : [.. _addresses.Select(static address => new JsonObject { [address.IsIp ? "ip" : "hostname"] = address.Value })];

    public bool Equals(AddressSet? other) => other is not null && _addresses.AsSpan().SequenceEqual(other._addresses);

    public override bool Equals(object? obj) => Equals(obj as AddressSet);

    public override int GetHashCode() => _addresses.Length == 0 ? 0 : HashCode.Combine(_addresses.Length, _addresses[0]);

    public override string ToString() => string.Join(", ", _addresses);
}
