namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>For whom results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,
}
