namespace Ingress.Routing.Linting;

/// <summary>A request that stands for many.</summary>
/// <param name="Host">The Host header.</param>
/// <param name="Path">A canonical path.</param>
internal readonly record struct Witness(string Host, string Path);
