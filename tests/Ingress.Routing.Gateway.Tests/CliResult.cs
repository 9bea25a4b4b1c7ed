namespace Ingress.Routing.Gateway.Tests;

/// <summary>What a command said.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error);
