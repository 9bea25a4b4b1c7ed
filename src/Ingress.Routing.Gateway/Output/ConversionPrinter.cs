using Ingress.Routing.Manifests;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes converted manifests as one stream of documents, and to the side what has happened to them.</summary>
internal static class ConversionPrinter
{
    public static void Write(IReadOnlyList<ManifestConversion> conversions, TextWriter output, TextWriter error)
    {
        var isFirst = true;
        foreach (var conversion in conversions)
        {
            DiagnosticPrinter.WriteText(conversion.Diagnostics, error);
            if (conversion.Text.Length == 0)
            {
                continue;
            }

            if (!isFirst && !conversion.Text.StartsWith("---", StringComparison.Ordinal))
            {
                output.Write("---\n");
            }

            isFirst = false;
            output.Write(conversion.Text);
            if (conversion.Text[^1] != '\n')
            {
                output.Write('\n');
            }
        }

        if (!isFirst)
        {
            error.WriteLine(Summary(conversions));
        }
    }

    // "2 objects converted, 3 comments inside them are lost."
    private static string Summary(IReadOnlyList<ManifestConversion> conversions)
    {
        var objects = conversions.Sum(static conversion => conversion.ConvertedObjects);
        if (objects == 0)
        {
            return "No object is of a retired API version; nothing was converted.";
        }

        var comments = conversions.Sum(static conversion => conversion.LostComments);
        var lost = comments == 0 ? "" : $" {PrintableText.Count(comments, "comment")} inside {(comments == 1 ? "is" : "are")} lost.";
        return $"{PrintableText.Count(objects, "object")} converted.{lost}";
    }
}
