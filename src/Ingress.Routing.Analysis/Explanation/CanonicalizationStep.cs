namespace Ingress.Routing.Explanation;

/// <summary>One rule that changed a host or a target on the way to its canonical form. Immutable.</summary>
public sealed record CanonicalizationStep
{
    /// <summary>The rule that was applied.</summary>
    public required CanonicalizationRule Rule { get; init; }

    /// <summary>The text that it was applied to.</summary>
    public required string Before { get; init; }

    /// <summary>What it made of that.</summary>
    public required string After { get; init; }

    /// <summary>What the rule says, in one sentence.</summary>
    public string Message => Rule switch
    {
        CanonicalizationRule.AuthorityOfTarget => "The authority of the target goes before the Host header (semantics 3.9).",
        CanonicalizationRule.PortRemoved => "The port is ignored (semantics 3.6).",
        CanonicalizationRule.TrailingDotRemoved => "One trailing dot is removed (D11a).",
        CanonicalizationRule.UnicodeEncoded => "A Unicode name is written in its ASCII form, as DNS and rules have it (semantics 9.5).",
        CanonicalizationRule.LowerCased => "Host names ignore case (D11c).",
        CanonicalizationRule.AuthorityRemoved => "Only what follows the authority is the path (D8, step 1).",
        CanonicalizationRule.QueryRemoved => "The query takes no part in matching (D8, step 2).",
        CanonicalizationRule.UnreservedDecoded => "Escapes of letters, digits and - . _ ~ are decoded, once (D8, step 4).",
        CanonicalizationRule.EscapesUpperCased => "All other escapes stay, in upper case (D8, step 4).",
        CanonicalizationRule.CharactersEscaped => "Characters that a path may not hold are escaped (D8, step 4).",
        CanonicalizationRule.DotSegmentsRemoved => "Dot segments are removed (D8, step 5).",
        CanonicalizationRule.SlashesMerged => "Runs of slashes are merged (D8, step 6).",
        _ => "",
    };

    /// <summary>Returns before, after and the rule on one line.</summary>
    public override string ToString() => $"{Before} -> {After}: {Message}";
}
