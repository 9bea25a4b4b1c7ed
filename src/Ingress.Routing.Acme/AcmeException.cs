namespace Ingress.Routing.Acme;

/// <summary>A CA refuses something, or does not answer as it should. The message is fit for a log.</summary>
public sealed class AcmeException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Why.</param>
    public AcmeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal AcmeException(AcmeProblem problem, int status, TimeSpan? retryAfter)
        : base(problem.ToString())
    {
        Problem = problem;
        Status = status;
        RetryAfter = retryAfter;
    }

    /// <summary>What the CA said; null when it did not answer, or not in the form of a problem.</summary>
    public AcmeProblem? Problem { get; }

    /// <summary>The status code of the answer; 0 when there was none.</summary>
    public int Status { get; init; }

    /// <summary>How long the CA wants to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it is the CA that is in trouble, and not what was asked for.</summary>
    internal bool IsTrouble => Status is 0 or >= 500 or 408 || (Status == 429 && Problem is null);

    /// <summary>Whether the CA said a thing of this kind.</summary>
    internal bool Is(string kind) => Problem?.Kind == kind;
}
