using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Runs the rows of one kind of table.</summary>
internal interface ITableRunner
{
    /// <summary>Whether this is the runner for tables with such a header.</summary>
    bool Recognizes(IReadOnlyList<string> header);

    /// <summary>Fails unless the row is true.</summary>
    void Run(MarkdownRow row);
}
