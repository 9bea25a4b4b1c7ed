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
        CanonicalizationRule.AuthorityOfTarget => "The authority of the target goes before the Host header.",
        CanonicalizationRule.PortRemoved => "The port is ignored.",
        CanonicalizationRule.TrailingDotRemoved => "One trailing dot is removed.",
        CanonicalizationRule.UnicodeEncoded => "A Unicode name is written in its ASCII form, as DNS and rules have it.",
        CanonicalizationRule.LowerCased => "Host names ignore case.",
        CanonicalizationRule.AuthorityRemoved => "Only what follows the authority is the path.",
        CanonicalizationRule.QueryRemoved => "The query takes no part in matching.",
        CanonicalizationRule.UnreservedDecoded => "Escapes of letters, digits and - . _ ~ are decoded, once.",
        CanonicalizationRule.EscapesUpperCased => "All other escapes stay, in upper case.",
        CanonicalizationRule.CharactersEscaped => "Characters that a path may not hold are escaped.",
        CanonicalizationRule.DotSegmentsRemoved => "Dot segments are removed.",
        CanonicalizationRule.SlashesMerged => "Runs of slashes are merged.",
        _ => "",
    };

    /// <summary>Returns before, after and the rule on one line.</summary>
    public override string ToString() => $"{Before} -> {After}: {Message}";
}
