namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>For whom <c>diff</c> writes.</summary>
internal enum DiffFormat
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>For programs: everything.</summary>
    Json,

    /// <summary>For a comment on a pull request: what fits in one.</summary>
    Markdown,
}
