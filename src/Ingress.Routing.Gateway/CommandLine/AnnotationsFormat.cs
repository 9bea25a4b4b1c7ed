namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>For whom <c>annotations</c> writes.</summary>
internal enum AnnotationsFormat
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For a page: a table.</summary>
    Markdown,
}
