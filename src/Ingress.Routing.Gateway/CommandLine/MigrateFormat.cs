namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>How <c>migrate</c> writes its report.</summary>
internal enum MigrateFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For a page or an issue.</summary>
    Markdown,
}
