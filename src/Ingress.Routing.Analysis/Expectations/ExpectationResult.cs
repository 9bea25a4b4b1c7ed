using Ingress.Routing.Comparison;

namespace Ingress.Routing.Expectations;

/// <summary>Whether a table does what is expected, and the request that shows it. Immutable.</summary>
public sealed class ExpectationResult
{
    internal ExpectationResult(Expectation expectation)
    {
        Expectation = expectation;
    }

    /// <summary>The expectation.</summary>
    public Expectation Expectation { get; }

    /// <summary>Whether it is met.</summary>
    public bool IsMet => Failures.Count == 0;

    /// <summary>What is not as expected; empty when it is met.</summary>
    public IReadOnlyList<ExpectationFailure> Failures { get; internal init; } = [];

    /// <summary>The request that was looked at; for a <see cref="NeverExpectation"/> one that does reach the Service, or null.</summary>
    public RequestWitness? Request { get; internal init; }

    /// <summary>What the table does with <see cref="Request"/>; null without one.</summary>
    public RequestAnswer? Answer { get; internal init; }

    /// <summary>The server name that was looked at; null when the expectation says nothing about certificates.</summary>
    public string? ServerName { get; internal init; }

    /// <summary>What a handshake with <see cref="ServerName"/> is given; null when the expectation says nothing about certificates.</summary>
    public CertificateAnswer? Certificate { get; internal init; }

    /// <summary>How many regions of requests were looked at. A <see cref="NeverExpectation"/> is proved by looking at all there are.</summary>
    public int Regions { get; internal init; } = 1;

    /// <summary>The same result with one more failure.</summary>
    internal ExpectationResult With(ExpectationFailure failure) => new(Expectation)
    {
        Failures = [.. Failures, failure],
        Request = Request,
        Answer = Answer,
        ServerName = ServerName,
        Certificate = Certificate,
        Regions = Regions,
    };

    /// <summary>Returns, on one line, whether it is met, what was expected, and what is instead.</summary>
    public override string ToString()
        => IsMet ? $"met: {Expectation.Title}" : $"not met: {Expectation.Title}: {string.Join("; ", Failures)}";
}
