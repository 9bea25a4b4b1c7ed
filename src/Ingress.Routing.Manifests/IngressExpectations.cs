using Ingress.Routing.Expectations;
using Ingress.Routing.Manifests.Expectations;
using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests;

/// <summary>Reads and writes files of expectations: what the tables made of some manifests are expected to do.</summary>
/// <remarks>
/// The format is described in <c>docs/testing-manifests.md</c>. It is read strictly, unlike manifests: an expectation that is misspelt must
/// not pass for one that is met. Safe to use from several threads.
/// </remarks>
public static class IngressExpectations
{
    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="fileName">What locations call it.</param>
    /// <returns>The expectations, or what is wrong. Content never throws.</returns>
    public static ExpectationFile Parse(string text, string fileName = "expectations")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        return ExpectationFileReader.Read(text, fileName);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The expectations, or what is wrong; a file that cannot be read is an error of the result.</returns>
    public static ExpectationFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var content = FileContent.Read(path);
        return content.Text is { } text
            ? Parse(text, path)
            : new() { Errors = [new(content.Problem!.Location!.Value, content.Problem.Message)] };
    }

    /// <summary>Writes expectations as a file that <see cref="Parse"/> reads.</summary>
    /// <param name="expectations">The expectations; where they were written does not matter.</param>
    /// <param name="output">Takes the YAML.</param>
    public static void Write(IEnumerable<Expectation> expectations, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        ArgumentNullException.ThrowIfNull(output);
        new ExpectationWriter(output).Write(expectations);
    }
}
