using Ingress.Routing.Expectations;

namespace Ingress.Routing.Manifests;

/// <summary>What was read from a file of expectations.</summary>
public sealed record ExpectationFile
{
    /// <summary>The expectations in the order written; what is wrong is left out.</summary>
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    /// <summary>What is wrong with the file, from top to bottom. While there is anything, the expectations are not all there is.</summary>
    public IReadOnlyList<ExpectationFileError> Errors { get; init; } = [];
}
