namespace Ingress.Routing.Benchmarks;

/// <summary>A request as a client sends it.</summary>
internal sealed record Request(string Host, string Target);
