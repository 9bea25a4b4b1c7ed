using Ingress.Routing.Model;

namespace Ingress.Routing.Expectations;

/// <summary>A Service that no request of a region may reach, whatever else becomes of it.</summary>
public sealed record NeverExpectation : Expectation
{
    /// <summary>The Service that is not to be reached.</summary>
    public required NamespacedName Service { get; init; }

    /// <summary>The port of <see cref="Service"/> that is not to be reached; null for none of them.</summary>
    public ServiceBackendPort? Port { get; init; }

    /// <summary>
    /// The hosts: a name, a wildcard host for all names that it stands for (those with rules of their own included), or null for every host
    /// there can be.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The path, in any spelling, with all below it; null for every path.</summary>
    public string? Path { get; init; }

    /// <summary>Whether <see cref="Path"/> is meant alone.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether a text can be a <see cref="Host"/>.</summary>
    /// <param name="host">A lower-case name, or <c>*.</c> and one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public static bool IsHost(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Comparison.HostPartition.IsPattern(host);
    }

    /// <inheritdoc />
    private protected override string Summary
        => $"{Host ?? "every host"} {(Path is null ? "every path" : Path)} never reaches {Service}{(Port is null ? "" : $":{Port}")}";
}
