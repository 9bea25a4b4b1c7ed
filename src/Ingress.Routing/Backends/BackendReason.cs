namespace Ingress.Routing;

/// <summary>Why a request goes to one of several backends.</summary>
public enum BackendReason
{
    /// <summary>There is one only.</summary>
    Only,

    /// <summary>A header takes the canary, or keeps away from it.</summary>
    CanaryHeader,

    /// <summary>A cookie takes the canary, or keeps away from it.</summary>
    CanaryCookie,

    /// <summary>The weights decide.</summary>
    Weight,

    /// <summary>The client has a session there.</summary>
    Session,
}
