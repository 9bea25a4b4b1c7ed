namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>For whom <c>check</c> writes.</summary>
internal enum CheckFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For code hosts, which show it in a pull request (SARIF 2.1.0).</summary>
    Sarif,
}
