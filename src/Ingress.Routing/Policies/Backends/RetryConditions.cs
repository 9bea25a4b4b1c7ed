namespace Ingress.Routing.Policies;

/// <summary>After what a request is sent to another endpoint.</summary>
[Flags]
public enum RetryConditions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The connection was refused, or broke before the head of the response.</summary>
    Error = 1 << 0,

    /// <summary>The endpoint took too long.</summary>
    Timeout = 1 << 1,

    /// <summary>The head of the response makes no sense, or is too large.</summary>
    InvalidResponse = 1 << 2,

    /// <summary>The status 403.</summary>
    Status403 = 1 << 3,

    /// <summary>The status 404.</summary>
    Status404 = 1 << 4,

    /// <summary>The status 429.</summary>
    Status429 = 1 << 5,

    /// <summary>The status 500.</summary>
    Status500 = 1 << 6,

    /// <summary>The status 502.</summary>
    Status502 = 1 << 7,

    /// <summary>The status 503.</summary>
    Status503 = 1 << 8,

    /// <summary>The status 504.</summary>
    Status504 = 1 << 9,

    /// <summary>Also requests whose method is not idempotent, once they have been sent: POST, LOCK and PATCH.</summary>
    NonIdempotent = 1 << 10,
}
