using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests;

/// <summary>Something wrong with a file of expectations.</summary>
/// <param name="Location">Where.</param>
/// <param name="Message">What, in one or two sentences.</param>
public sealed record ExpectationFileError(SourceLocation Location, string Message)
{
    /// <summary>Returns the error on one line.</summary>
    public override string ToString() => $"{Location}: error: {Message}";
}
