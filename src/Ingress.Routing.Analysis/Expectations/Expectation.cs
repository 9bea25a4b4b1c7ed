using Ingress.Routing.Model;

namespace Ingress.Routing.Expectations;

/// <summary>Something that a table is expected to do. Immutable.</summary>
public abstract record Expectation
{
    // Closed: a checker has to know what each kind means.
    private protected Expectation()
    {
    }

    /// <summary>What the author calls it; null when it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>Where it was written; null when it came from no file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The name, or else what is expected in short.</summary>
    public string Title => string.IsNullOrEmpty(Name) ? Summary : Name;

    /// <summary>What is expected in short.</summary>
    private protected abstract string Summary { get; }
}
