using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Reads the documents of a file, JSON or YAML. What is broken ends only the text between two separators.</summary>
internal sealed class DocumentReader(KeyPool keys, bool isJsonFile)
{
    private delegate void Format(DocumentText document, KeyPool keys, List<ManifestNode> documents);

    /// <summary>Reads the text between two separators.</summary>
    /// <param name="document">The text.</param>
    /// <param name="documents">Takes each document that could be read.</param>
    /// <returns>What ended the reading early; null when nothing did.</returns>
    public ManifestSyntaxException? Read(DocumentText document, List<ManifestNode> documents)
    {
        if (!LooksLikeJson(document.Text))
        {
            return Read(YamlDocumentReader.Read, document, documents);
        }

        // As kubectl does: JSON first, and YAML in braces when it is none.
        var values = new List<ManifestNode>();
        var problem = Read(JsonDocumentReader.Read, document, values);
        if (problem is { Id: IngressDiagnosticIds.UnreadableManifest } && !isJsonFile)
        {
            var inBraces = new List<ManifestNode>();
            var yamlProblem = Read(YamlDocumentReader.Read, document, inBraces);
            if (yamlProblem is null || values.Count == 0)
            {
                (values, problem) = (inBraces, yamlProblem);
            }
        }

        documents.AddRange(values);
        return problem;
    }

    private ManifestSyntaxException? Read(Format format, DocumentText document, List<ManifestNode> documents)
    {
        try
        {
            CharacterCheck.RefuseInvalidBytes(document);
            format(document, keys, documents);
            return null;
        }
        catch (ManifestSyntaxException exception)
        {
            return exception;
        }
    }

    private static bool LooksLikeJson(ReadOnlySpan<char> text)
    {
        const string WhiteSpace = "\uFEFF \t\r\n";
        text = text.TrimStart(WhiteSpace);
        if (text.StartsWith("---", StringComparison.Ordinal))
        {
            text = text[3..].TrimStart(WhiteSpace);
        }

        return text is ['{', ..];
    }
}
