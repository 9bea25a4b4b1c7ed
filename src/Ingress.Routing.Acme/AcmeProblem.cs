using System.Text;
using System.Text.Json.Serialization;

namespace Ingress.Routing.Acme;

/// <summary>What a CA says is wrong (RFC 7807, RFC 8555, 6.7). Immutable.</summary>
public sealed record AcmeProblem
{
    private const string Prefix = "urn:ietf:params:acme:error:";
    private const int MostChars = 500;

    /// <summary>The kind of problem, such as <c>urn:ietf:params:acme:error:rateLimited</c>; null when the CA names none.</summary>
    public string? Type { get; init; }

    /// <summary>What the CA says about it, as it came.</summary>
    public string? Detail { get; init; }

    /// <summary>The status code; 0 when the CA names none.</summary>
    public int Status { get; init; }

    /// <summary>Where the problem is about single names: what is wrong with each.</summary>
    public IReadOnlyList<AcmeProblem>? Subproblems { get; init; }

    /// <summary>The kind without its prefix, such as <c>rateLimited</c>; empty when the CA names none.</summary>
    [JsonIgnore]
    public string Kind => Type is null ? "" : Type.StartsWith(Prefix, StringComparison.Ordinal) ? Type[Prefix.Length..] : Type;

    /// <summary>Returns kind and detail on one line, of bounded length and without control characters.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Kind.Length > 0 ? Kind : "problem");
        Append(text, Detail);
        foreach (var problem in Subproblems ?? [])
        {
            Append(text, problem.Detail);
        }

        return OneLine(text.ToString());
    }

    /// <summary>A text of somebody else, fit for a log.</summary>
    internal static string OneLine(string text)
    {
        var line = string.Create(Math.Min(text.Length, MostChars), text, static (line, text) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
        return text.Length > MostChars ? line + "..." : line;
    }

    private static void Append(StringBuilder text, string? detail)
    {
        if (!string.IsNullOrEmpty(detail))
        {
            text.Append(": ").Append(detail);
        }
    }
}
