using System.Text.RegularExpressions;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Policies;

/// <summary>What the rules know while they are followed for one request.</summary>
internal sealed class RuleState(IPolicyRequest request, int variables, bool keepsSlashes)
{
    private readonly string[] _variables = new string[variables];

    public IPolicyRequest Request => request;

    /// <summary>The path, as the rules have made it.</summary>
    public string Path { get; private set; } = request.Path.ToString();

    /// <summary>The query with its <c>?</c>, as the rules have made it.</summary>
    public string Query { get; private set; } = request.Query.ToString();

    /// <summary>What the last pattern captured; null when there was none.</summary>
    public Match? Captures { get; set; }

    /// <summary>Whether path or query are other than they came.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether the rules have to be followed again, because the path was changed.</summary>
    public bool IsToRepeat { get; private set; }

    /// <summary>Whether no further rule is to be followed in this round.</summary>
    public bool HasEnded { get; private set; }

    public string this[int variable]
    {
        get => _variables[variable] ?? "";
        set => _variables[variable] = value;
    }

    public void Begin()
    {
        IsToRepeat = false;
        HasEnded = false;
    }

    public void End(bool isToRepeat)
    {
        HasEnded = true;
        IsToRepeat = isToRepeat;
    }

    /// <summary>Changes the path, and the query if there is one.</summary>
    /// <returns>Whether it is a path that may be sent on.</returns>
    public bool TryChange(string path, string query)
    {
        if (DotElements.AreIn(path) || !TryMakeSendable(ref path) || !TryMakeSendable(ref query))
        {
            return false;
        }

        Path = CanonicalPath.Of((path.StartsWith('/') ? path : "/" + path).AsMemory(), keepsSlashes).ToString();
        Query = query.Length > 1 ? query : "";
        IsChanged = true;
        IsToRepeat = true;
        return true;
    }

    // What captures and headers bring along begins nothing: no line, no query of its own in the path.
    private static bool TryMakeSendable(ref string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            text = text.Replace(" ", "%20", StringComparison.Ordinal);
        }

        return !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.Contains('#', StringComparison.Ordinal);
    }
}
