using System.Reflection;

namespace Ingress.Routing.Gateway.Output;

/// <summary>The sections of <c>docs/diagnostics.md</c>, which is part of the program so that code hosts can show them.</summary>
internal static class DiagnosticPages
{
    private const string Resource = "diagnostics.md";

    private static readonly string[] s_endsOfPart = ["\\\n", "\n\n"];

    /// <summary>One section for each id, in order.</summary>
    public static IReadOnlyList<DiagnosticPage> All { get; } =
    [
        .. Load().Split("\n## ").Where(static section => section.StartsWith("INGR", StringComparison.Ordinal)).Select(Parse),
    ];

    private static DiagnosticPage Parse(string section)
    {
        var lines = section.Split('\n');
        var heading = lines[0].Split(": ", 2);
        var body = string.Join('\n', lines[1..]).Trim();
        return new(
            heading[0],
            heading[1],
            Part(body, "Severity"),
            $"{Part(body, "Cause")} {Part(body, "Effect")}",
            Part(body, "Remedy"),
            body);
    }

    // A part begins with its name and ends with a backslash or an empty line.
    private static string Part(string body, string name)
    {
        var start = body.IndexOf($"{name}: ", StringComparison.Ordinal) + name.Length + 2;
        var rest = body[start..];
        return rest.Split(s_endsOfPart, StringSplitOptions.None)[0].Replace('\n', ' ');
    }

    private static string Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program was built without '{Resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
