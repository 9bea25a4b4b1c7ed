namespace Ingress.Routing.Acme.Protocol;

/// <summary>An account at a CA.</summary>
/// <param name="Url">Its address, in the very words of the CA.</param>
/// <param name="Key">Its key.</param>
internal sealed record Account(Uri Url, AccountKey Key);

/// <summary>An account of another kind that one is bound to.</summary>
/// <param name="KeyId">The name that the CA gave to the key.</param>
/// <param name="Key">The key itself.</param>
internal sealed record ExternalAccount(string KeyId, byte[] Key);
