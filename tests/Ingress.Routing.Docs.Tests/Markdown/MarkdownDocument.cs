namespace Ingress.Routing.Docs.Tests.Markdown;

/// <summary>As much of a Markdown file as the tests need: headings, fenced blocks and tables.</summary>
internal sealed class MarkdownDocument
{
    private MarkdownDocument(string file)
    {
        File = file;
    }

    /// <summary>The path below the root of the repository.</summary>
    public string File { get; }

    /// <summary>The headings with their marks, such as <c>## Title</c>.</summary>
    public List<string> Headings { get; } = [];

    public List<MarkdownBlock> Blocks { get; } = [];

    public List<MarkdownTable> Tables { get; } = [];

    /// <summary>The lines outside of blocks and tables.</summary>
    public List<string> Text { get; } = [];

    public static MarkdownDocument Load(string file)
    {
        var document = new MarkdownDocument(file);
        document.Read(Repository.Read(file).Split('\n'));
        return document;
    }

    private void Read(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                i = ReadBlock(lines, i);
            }
            else if (lines[i].StartsWith('|'))
            {
                i = ReadTable(lines, i);
            }
            else
            {
                Text.Add(lines[i]);
                if (lines[i].StartsWith('#'))
                {
                    Headings.Add(lines[i]);
                }
            }
        }
    }

    private int ReadBlock(string[] lines, int start)
    {
        var end = Array.IndexOf(lines, "```", start + 1);
        Assert.True(end > start, $"{File}:{start + 1}: the block is not closed.");
        Blocks.Add(new(lines[start][3..].Trim(), string.Join('\n', lines[(start + 1)..end]), start + 1));
        return end;
    }

    private int ReadTable(string[] lines, int start)
    {
        var end = start;
        while (end < lines.Length && lines[end].StartsWith('|'))
        {
            end++;
        }

        var table = new MarkdownTable(File, start + 1, MarkdownRow.Split(lines[start]), Blocks.LastOrDefault());
        for (var i = start + 2; i < end; i++)
        {
            table.Add(MarkdownRow.Split(lines[i]), i + 1);
        }

        Tables.Add(table);
        return end - 1;
    }
}
