namespace Ingress.Routing.Explanation;

/// <summary>The rules that change a host or a target on the way to its canonical form, in the order in which they are applied.</summary>
public enum CanonicalizationRule
{
    /// <summary>The authority of an absolute-form target goes before the <c>Host</c> header (semantics 3.9).</summary>
    AuthorityOfTarget,

    /// <summary>The port of a host is ignored (semantics 3.6).</summary>
    PortRemoved,

    /// <summary>One trailing dot of a host is removed (D11a).</summary>
    TrailingDotRemoved,

    /// <summary>A server name that was delivered in Unicode is written as A-labels again (semantics 9.5).</summary>
    UnicodeEncoded,

    /// <summary>The letters of a host are lower-cased (D11c).</summary>
    LowerCased,

    /// <summary>Of an absolute-form target, what follows the authority is kept; an empty path becomes <c>/</c> (D8, step 1).</summary>
    AuthorityRemoved,

    /// <summary>The query takes no part in matching (D8, step 2).</summary>
    QueryRemoved,

    /// <summary>Escapes of unreserved characters are decoded, once (D8, step 4).</summary>
    UnreservedDecoded,

    /// <summary>The digits of all other escapes are upper-cased (D8, step 4).</summary>
    EscapesUpperCased,

    /// <summary>Characters that no path may hold are escaped (D8, step 4).</summary>
    CharactersEscaped,

    /// <summary>Dot segments are removed (D8, step 5).</summary>
    DotSegmentsRemoved,

    /// <summary>Runs of slashes are merged (D8, step 6).</summary>
    SlashesMerged,
}
