namespace Ingress.Routing.AspNetCore;

/// <summary>Why a request is refused before it is matched.</summary>
internal enum RequestFault
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>It can be read in more than one way, or in none.</summary>
    Ambiguous,

    /// <summary>TRACE would show the client what only the backend is to see.</summary>
    Trace,

    /// <summary>Its body is coded in a way that is not spoken here.</summary>
    UnknownCoding,

    /// <summary>It asks for a protocol inside HTTP/2 other than WebSocket (RFC 8441, 4).</summary>
    UnknownProtocol,
}
