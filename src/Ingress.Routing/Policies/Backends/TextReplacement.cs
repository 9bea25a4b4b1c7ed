namespace Ingress.Routing.Policies;

/// <summary>One text, or the beginning of one, and what takes its place. A value.</summary>
/// <param name="From">What is replaced; not empty.</param>
/// <param name="To">What takes its place.</param>
public sealed record TextReplacement(string From, PolicyTemplate To)
{
    /// <summary>Returns it in words.</summary>
    public override string ToString() => $"{From} -> {To}";
}
