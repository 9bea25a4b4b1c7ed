using Ingress.Routing.Expectations;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Expectations;

/// <summary>Reads whole files of expectations.</summary>
internal static class ExpectationFileReader
{
    public static ExpectationFile Read(string text, string file)
    {
        var errors = new ErrorList(file);
        var documents = new List<ManifestNode>();
        var reader = new DocumentReader(new KeyPool(), file.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
        foreach (var document in DocumentSplitter.Split(text))
        {
            if (reader.Read(document, documents) is { } problem)
            {
                errors.Add(problem.Position, problem.Message);
            }
        }

        var expectations = new List<Expectation>();
        foreach (var document in documents)
        {
            expectations.AddRange(ReadDocument(document, errors));
        }

        if (expectations.Count == 0 && errors.Count == 0)
        {
            errors.Add(Position.Start, "There is no test in this file. It needs a list 'tests'.");
        }

        return new() { Expectations = expectations, Errors = errors.ToList() };
    }

    private static List<Expectation> ReadDocument(ManifestNode document, ErrorList errors)
    {
        if (document is ScalarNode { Type: ScalarType.Null } || StrictMapping.TryOpen(document, "the file", errors) is not { } root)
        {
            return [];
        }

        var tests = root.Items("tests");
        root.RefuseOthers();
        return [.. tests.Select(test => ExpectationBinder.Read(test, errors)).OfType<Expectation>()];
    }
}
