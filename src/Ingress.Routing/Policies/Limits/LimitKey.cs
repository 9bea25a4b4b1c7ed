namespace Ingress.Routing.Policies;

/// <summary>What counts as one client of a limit.</summary>
/// <param name="HeaderName">The header whose value tells clients apart; null when no header does.</param>
public sealed record LimitKey(string? HeaderName)
{
    /// <summary>The address of the client; of an IPv6 address the network of 64 bits, because one client has all of it.</summary>
    public static LimitKey ClientAddress { get; } = new((string?)null);

    /// <summary>All clients of the Ingress together.</summary>
    public static LimitKey Ingress { get; } = new((string?)null) { IsShared = true };

    /// <summary>Whether all clients are counted together.</summary>
    public bool IsShared { get; private init; }

    /// <summary>Returns the key in words.</summary>
    public override string ToString() => IsShared ? "Ingress" : HeaderName is null ? "client address" : $"value of {HeaderName}";
}
