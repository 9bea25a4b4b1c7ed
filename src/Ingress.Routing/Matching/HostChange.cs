namespace Ingress.Routing.Matching;

/// <summary>A change to one host of a <see cref="HostTable{T}"/>.</summary>
/// <param name="Host">The rule host.</param>
/// <param name="Key">The key of its place.</param>
/// <param name="Cells">Its new entry; null when it goes.</param>
internal readonly record struct HostChange(string Host, ulong Key, HostCell[]? Cells)
{
    public HostName Name => HostName.OfRule(Host);
}
