namespace Ingress.Routing.Tests;

/// <summary>Tests that measure run alone, one after the other.</summary>
[CollectionDefinition(nameof(Measurements), DisableParallelization = true)]
public sealed class Measurements;
