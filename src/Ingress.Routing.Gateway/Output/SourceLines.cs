using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>The lines of manifests, to show what a finding is about.</summary>
/// <param name="standardInput">The text of standard input; null when it was not read.</param>
internal sealed class SourceLines(string? standardInput)
{
    private readonly Dictionary<string, string[]> _files = new(StringComparer.Ordinal);

    /// <summary>The line at a location; null when it cannot be had, for instance because the file is gone.</summary>
    public string? Find(SourceLocation location)
    {
        if (!_files.TryGetValue(location.File, out var lines))
        {
            lines = Read(location.File);
            _files.Add(location.File, lines);
        }

        return location.Line >= 1 && location.Line <= lines.Length ? lines[location.Line - 1].TrimEnd('\r') : null;
    }

    private string[] Read(string file)
    {
        try
        {
            var isInput = standardInput is not null && file == ManifestInput.StandardInputName;
            return (isInput ? standardInput! : File.ReadAllText(file)).Split('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
