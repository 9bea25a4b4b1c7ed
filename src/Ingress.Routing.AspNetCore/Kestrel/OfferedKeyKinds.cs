namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>The kinds of keys with which the client of a connection can be served.</summary>
internal sealed record OfferedKeyKinds(CertificateKeyKinds Kinds);
