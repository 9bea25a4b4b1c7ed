namespace Ingress.Routing.Matching;

/// <summary>A change to one host of a <see cref="HostTable{T}"/>.</summary>
/// <param name="Host">The rule host.</param>
/// <param name="Key">The key of its place.</param>
/// <param name="Cells">Its new entry; null when it goes.</param>
internal readonly record struct HostChange(string Host, ulong Key, HostCell[]? Cells)
{
    /// <summary>The name of the host.</summary>
    // No property: what a record prints of itself are its properties, and a reference to text cannot be put into the box that printing needs.
    public HostName ToName() => HostName.OfRule(Host);
}
