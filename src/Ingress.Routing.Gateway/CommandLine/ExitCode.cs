namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it was asked.</summary>
    public const int Success = 0;

    /// <summary><c>check</c> found errors, <c>diff</c> a change, <c>test</c> a failure, or <c>run</c> could not serve.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong, or nothing could be read.</summary>
    public const int Usage = 2;
}
