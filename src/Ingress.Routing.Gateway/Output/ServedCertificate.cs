using System.Text.Json.Serialization;
using Ingress.Routing.Acme;

namespace Ingress.Routing.Gateway.Output;

/// <summary>A host and the certificate that it is served with, as <c>certificates --format json</c> shows it.</summary>
internal sealed record ServedCertificate
{
    public required string Host { get; init; }

    /// <summary><c>secret</c>, <c>default</c>, <c>acme</c> or <c>none</c>.</summary>
    public required string Source { get; init; }

    public string? Secret { get; init; }

    public string? Issuer { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Whether a client that asks for the host accepts the names of the certificate.</summary>
    [JsonIgnore]
    public bool Covers { get; init; }

    /// <summary>Finds out for each host of a table, in order.</summary>
    /// <param name="kept">The certificates that ACME has brought.</param>
    public static IReadOnlyList<ServedCertificate> Of(IngressRouteTable table, IReadOnlyList<AcmeCertificate> kept)
    {
        var listed = table.Snapshot.Ingresses.SelectMany(static ingress => ingress.Tls).SelectMany(static tls => tls.Hosts)
            .Select(static host => host.ToLowerInvariant())
            .Where(host => host.StartsWith("*.", StringComparison.Ordinal) || table.FindRoutedName(host) is not null);
        return
        [
            .. table.Routes.Select(static route => route.Host).OfType<string>().Concat(listed)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(host => Of(table, kept, host)),
        ];
    }

    // As a handshake is answered: what covers the name goes first, wherever it comes from; then the default certificate.
    private static ServedCertificate Of(IngressRouteTable table, IReadOnlyList<AcmeCertificate> kept, string host)
    {
        var name = host.StartsWith('*') ? string.Concat("any-name", host.AsSpan(1)) : host;
        var chosen = table.FindCertificate(name);
        if (chosen is not null && chosen.Covers(name))
        {
            return Of(host, chosen, covers: true, table.Options.DefaultCertificate);
        }

        var acme = kept.Where(certificate => certificate.Names.Contains(host) || certificate.Names.Contains(WildcardAbove(host))).MaxBy(static certificate => certificate.NotAfter);
        if (acme is not null)
        {
            return new() { Host = host, Source = "acme", Issuer = acme.Issuer, NotBefore = acme.NotBefore, NotAfter = acme.NotAfter, Covers = true };
        }

        return chosen is null ? new() { Host = host, Source = "none" } : Of(host, chosen, covers: false, table.Options.DefaultCertificate);
    }

    private static ServedCertificate Of(string host, TlsCertificate certificate, bool covers, NamespacedName? @default)
    {
        using var read = certificate.CreateCertificate();
        return new()
        {
            Host = host,
            Source = certificate.Secret.Name == @default && !covers ? "default" : "secret",
            Secret = certificate.Secret.Name.ToString(),
            Issuer = read.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, forIssuer: true),
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            Covers = covers,
        };
    }

    private static string WildcardAbove(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? "" : string.Concat("*", host.AsSpan(dot));
    }
}
