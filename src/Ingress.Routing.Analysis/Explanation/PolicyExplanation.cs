namespace Ingress.Routing.Explanation;

/// <summary>What one policy of the route does, and what it does with this request. Immutable.</summary>
public sealed record PolicyExplanation
{
    /// <summary>What the policy does, in a few words.</summary>
    public required string Description { get; init; }

    /// <summary>What it does with this request; null when more than the request decides, such as a counter or the address of a client that was not given, or when it is answered before.</summary>
    public string? Outcome { get; init; }

    /// <summary>Whether it answers this request, so that no backend is asked.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Returns the description.</summary>
    public override string ToString() => Description;
}
