namespace Ingress.Routing;

/// <summary>What the TLS policies need to know of a request.</summary>
/// <param name="Host">The host, as it was given to the match.</param>
/// <param name="Target">The target, as it was given to the match.</param>
/// <param name="IsHttps">Whether the request came over TLS, here or at a proxy in front.</param>
/// <param name="Handshake">What its connection began with, under this or an earlier table; null when TLS did not end here.</param>
public readonly record struct TlsRequest(string? Host, string Target, bool IsHttps, TlsHandshake? Handshake);
