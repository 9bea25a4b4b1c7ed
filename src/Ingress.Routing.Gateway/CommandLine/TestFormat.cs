namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>For whom <c>test</c> writes.</summary>
internal enum TestFormat
{
    /// <summary>For people at a terminal: what failed, and why.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For CI servers: XML as JUnit writes it.</summary>
    JUnit,
}
