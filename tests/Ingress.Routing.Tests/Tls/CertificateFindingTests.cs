using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Tls;

/// <summary>Certificates that TLS cannot serve with, and those that clients will refuse (semantics 1.21, 11.5, 11.11, 11.12).</summary>
public sealed class CertificateFindingTests
{
    private static readonly DateTimeOffset s_now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SampleCertificate s_good = SampleCertificate.P256;

    [Theory]
    [InlineData("512", "512 bits")]
    [InlineData("1024", "1024 bits")]
    [InlineData("1536", "1536 bits")]
    [InlineData("secp256k1", "secp256k1")]
    [InlineData("brainpoolP256r1", "brainpoolP256r1")]
    [InlineData("brainpoolP384r1", "brainpoolP384r1")]
    public void Compile_KeyThatTlsRefuses_IsUnusable(string kind, string expected)
    {
        using AsymmetricAlgorithm key = int.TryParse(kind, out var bits) ? RSA.Create(bits) : ECDsa.Create(ECCurve.CreateFromFriendlyName(kind));
        var secret = Secret(Self(key));

        var table = Compile(secret);

        Assert.Null(table.FindCertificate("a.test"));
        var finding = Assert.Single(table.Diagnostics, static diagnostic => diagnostic.Id == IngressDiagnosticIds.SecretUnusable);
        Assert.Contains(expected, finding.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("2048")]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void Compile_KeyThatTlsTakes_IsServedWithoutAWord(string kind)
    {
        using AsymmetricAlgorithm key = int.TryParse(kind, out var bits) ? RSA.Create(bits) : ECDsa.Create(ECCurve.CreateFromFriendlyName(kind));

        var table = Compile(Secret(Self(key)));

        Assert.NotNull(table.FindCertificate("a.test"));
        Assert.DoesNotContain(table.Diagnostics, IsAboutTls);
    }

    [Fact]
    public void Compile_IntermediateThatTlsRefuses_IsUnusable()
    {
        using var weak = RSA.Create(1024);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Request(weak, "CN=weak").CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(1));
        using var leaf = Request(key, "CN=leaf").Create(
            authority.SubjectName, X509SignatureGenerator.CreateForRSA(weak, RSASignaturePadding.Pkcs1), s_now.AddDays(-1), s_now.AddDays(1), [1]);

        var table = Compile(Secret((leaf.ExportCertificatePem() + "\n" + authority.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem())));

        Assert.Null(table.FindCertificate("a.test"));
    }

    [Fact]
    public void KeepLastGood_KeyThatTlsRefuses_LeavesTheOneBefore()
    {
        var good = Secret((s_good.CertificatePem, s_good.Pkcs8Pem));
        using var weak = RSA.Create(1024);
        var table = Compile(good, "a.h.test");
        var (certificate, key) = Self(weak);

        table = table.Apply(table.KeepLastGood(new() { Upserted = [good with { CertificatePem = certificate, KeyPem = key }] }));

        Assert.Equal(s_good.CertificatePem, table.FindCertificate("a.h.test")?.Secret.CertificatePem);
        Assert.Contains(table.Diagnostics, static diagnostic => diagnostic.Id == IngressDiagnosticIds.LastGoodCertificateKept);
    }

    [Fact]
    public void Compile_NotYetValid_IsServedAndReportedUntilItIs()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, "CN=later");
        using var later = request.CreateSelfSigned(s_now.AddDays(1), s_now.AddDays(9));
        var table = Compile(Secret((later.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem())));

        Assert.NotNull(table.FindCertificate("a.test"));
        Assert.Contains(table.Diagnostics, static diagnostic => diagnostic.Id == IngressDiagnosticIds.CertificateNotYetValid);

        var next = table.Apply(ClusterChange.None, s_now.AddDays(2));
        Assert.DoesNotContain(next.Diagnostics, static diagnostic => diagnostic.Id == IngressDiagnosticIds.CertificateNotYetValid);
        Assert.Contains(table.Snapshot.Ingresses[0].Reference, next.ChangesSince(table)!.Resources);
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.2", true)]
    [InlineData("1.3.6.1.5.5.7.3.1", false)]
    [InlineData("2.5.29.37.0", false)]
    [InlineData("1.3.6.1.5.5.7.3.2 1.3.6.1.5.5.7.3.1", false)]
    public void Compile_Purposes_AreReportedWhenServersAreNotAmongThem(string purposes, bool isReported)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, "CN=purposes");
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Split(' ').Select(static oid => new Oid(oid))], critical: false));
        using var certificate = request.CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(9));

        var table = Compile(Secret((certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem())));

        Assert.NotNull(table.FindCertificate("a.test"));
        Assert.Equal(isReported, table.Diagnostics.Any(static diagnostic => diagnostic.Id == IngressDiagnosticIds.CertificateNotForServers));
    }

    public static TheoryData<string, string, string?> Parts
    {
        get
        {
            var (root, issuer, leaf, key) = Chain();
            return new()
            {
                { "chain", leaf + "\n" + issuer, null },
                { "chain with its root", leaf + "\n" + issuer + "\n" + root, null },
                { "chain in another order", leaf + "\n" + root + "\n" + issuer, null },
                { "line break missing", leaf + "\n" + issuer + root, "Warning data[tls.crt]" },
                { "comments", "# the leaf\n" + leaf + "\nsubject=x\n" + issuer, "Info data[tls.crt], Info data[tls.crt]" },
                { "stranger", leaf + "\n" + s_good.CertificatePem + "\n" + issuer, "Warning data[tls.crt]" },
                { "twice", leaf + "\n" + leaf, "Warning data[tls.crt]" },
                { "key beside it", leaf + "\n" + key, "Warning data[tls.crt]" },
                { "cut off", leaf + "\n" + issuer[..200], "Warning data[tls.crt]" },
                { "other label", leaf + "\n" + issuer.Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal), "Warning data[tls.crt]" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Parts), DisableDiscoveryEnumeration = true)]
    public void Compile_WhateverIsIgnored_IsReported(string what, string certificates, string? expected)
    {
        var table = Compile(Secret((certificates, Chain().Key)));

        Assert.NotNull(table.FindCertificate("a.test"));
        var found = table.Diagnostics.Where(static diagnostic => diagnostic.Id == IngressDiagnosticIds.SecretPartIgnored).ToList();
        Assert.Equal((what, expected ?? ""), (what, string.Join(", ", found.Select(static diagnostic => $"{diagnostic.Severity} {diagnostic.Field}"))));
        Assert.Equal(found, table.DiagnosticsOf(table.Snapshot.Secrets[0].Reference));
    }

    [Fact]
    public void Compile_LineBreakMissingAfterTheFirst_IsUnusableAndSaysWhy()
    {
        var (_, issuer, leaf, key) = Chain();

        var table = Compile(Secret((leaf + issuer, key)));

        Assert.Equal(["INGR071", "INGR155"], table.Diagnostics.Where(IsAboutTls).Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, "Warning data[tls.key]")]
    [InlineData(false, null)]
    public void Compile_SecondKey_IsReported(bool hasSecond, string? expected)
    {
        var table = Compile(Secret((Chain().Leaf, Chain().Key + (hasSecond ? "\n" + s_good.Pkcs8Pem : ""))));

        Assert.Equal(expected, table.Diagnostics.Where(IsAboutTls).Select(static diagnostic => $"{diagnostic.Severity} {diagnostic.Field}").SingleOrDefault());
    }

    [Fact]
    public void Compile_OrderTurnedRound_SaysWhichCertificateIsTheServers()
    {
        var (_, issuer, leaf, key) = Chain();

        var finding = Assert.Single(Compile(Secret((issuer + "\n" + leaf, key))).Diagnostics, static diagnostic => diagnostic.Id == IngressDiagnosticIds.SecretUnusable);

        Assert.Contains("certificate 2", finding.Message, StringComparison.Ordinal);
    }

    private static readonly Lazy<(string Root, string Issuer, string Leaf, string Key)> s_chain = new(static () =>
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Request(rootKey, "CN=root").CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(9));
        using var issuer = Request(issuerKey, "CN=issuer").Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), s_now.AddDays(-1), s_now.AddDays(9), [1]);
        using var leaf = Request(key, "CN=leaf").Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), s_now.AddDays(-1), s_now.AddDays(9), [2]);
        return (root.ExportCertificatePem(), issuer.ExportCertificatePem(), leaf.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    });

    private static (string Root, string Issuer, string Leaf, string Key) Chain() => s_chain.Value;

    private static bool IsAboutTls(IngressDiagnostic diagnostic)
        => diagnostic.Id is "INGR070" or "INGR071" or "INGR072" or "INGR074" or "INGR155" or "INGR156" or "INGR157";

    private static (string Certificate, string Key) Self(AsymmetricAlgorithm key)
    {
        using var certificate = Request(key, "CN=self").CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(9));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest Request(AsymmetricAlgorithm key, string subject)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("a.test");
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static SecretResource Secret((string Certificate, string Key) pem)
        => new() { Metadata = Some.Metadata("shop/cert"), CertificatePem = pem.Certificate, KeyPem = pem.Key };

    private static IngressRouteTable Compile(SecretResource secret, string host = "a.test") => IngressRouteTable.Compile(
        new()
        {
            Ingresses = [Some.Ingress("shop/a", [Some.Rule(host, Some.Prefix("/"))], tls: [Some.Tls("cert", host)])],
            Secrets = [secret],
        },
        new() { CertificatesEvaluatedAt = s_now });
}
