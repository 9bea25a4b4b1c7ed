namespace Ingress.Routing;

/// <summary>Where a condition looks.</summary>
public enum RequestPart
{
    /// <summary>A header; its name in any case.</summary>
    Header,

    /// <summary>A parameter of the query, percent-decoded. The first of several with one name counts.</summary>
    Query,

    /// <summary>A cookie. The first of several with one name counts.</summary>
    Cookie,
}
