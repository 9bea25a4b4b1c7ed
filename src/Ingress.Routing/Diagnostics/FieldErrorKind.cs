namespace Ingress.Routing.Diagnostics;

/// <summary>The kinds of field errors that the API server reports.</summary>
public enum FieldErrorKind
{
    /// <summary>A value is missing.</summary>
    Required,

    /// <summary>A value is malformed or contradicts another.</summary>
    Invalid,

    /// <summary>A value may not be set here.</summary>
    Forbidden,

    /// <summary>A value is not one of those known.</summary>
    NotSupported,

    /// <summary>A value or object occurs twice.</summary>
    Duplicate,

    /// <summary>A value is too long.</summary>
    TooLong,
}
