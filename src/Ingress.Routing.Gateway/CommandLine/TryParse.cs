namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Reads one value of the command line.</summary>
internal delegate bool TryParse<T>(string text, out T? value);
