namespace Ingress.Routing.Expectations;

/// <summary>One thing that is not as expected.</summary>
public sealed record ExpectationFailure
{
    /// <summary>What was looked at: <c>service</c>, <c>resource</c>, <c>status</c>, <c>certificate</c>, or <c>never</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What was expected.</summary>
    public required string Expected { get; init; }

    /// <summary>What it is instead.</summary>
    public required string Actual { get; init; }

    /// <summary>Returns the failure on one line.</summary>
    public override string ToString() => $"expected {Expected}, got {Actual}";
}
