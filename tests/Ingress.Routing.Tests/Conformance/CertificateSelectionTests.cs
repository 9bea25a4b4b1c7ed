using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 11.4 of the semantics: which certificate a server name gets (D17).</summary>
public sealed class CertificateSelectionTests
{
    private static readonly SecretResource s_default = TestCertificates.Secret("ops/default", "default.test");
    private static readonly SecretResource s_exact = TestCertificates.Secret("t/exact", "a.h.test");
    private static readonly SecretResource s_wildcard = TestCertificates.Secret("t/wildcard", "*.h.test");
    private static readonly SecretResource s_both = TestCertificates.Secret("t/both", "a.h.test", "*.h.test");

    // Step 1: one normalisation for the name, whatever it looks like.
    [Theory]
    [InlineData("a.h.test", "exact")]
    [InlineData("A.H.Test", "exact")]
    [InlineData("a.h.test.", "exact")]
    [InlineData("b.h.test", "wildcard")]
    [InlineData("B.H.TEST.", "wildcard")]
    [InlineData("a.b.h.test", "default")] // one label only
    [InlineData("h.test", "default")]
    [InlineData("other.test", "default")]
    [InlineData(null, "default")]
    [InlineData("", "default")] // 9.5: this is how no SNI arrives
    [InlineData("192.0.2.1", "default")]
    [InlineData("2001:db8::1", "default")]
    [InlineData("a..h.test", "default")]
    [InlineData(".h.test", "default")]
    [InlineData("a.h.test..", "default")]
    public void FindCertificate_ServerName_IsNormalised(string? serverName, string expected)
    {
        var table = Compile([s_exact, s_wildcard], Entry("i", 0, Some.Tls("exact", "a.h.test"), Some.Tls("wildcard", "*.h.test")));

        Assert.Equal(expected, table.FindCertificate(serverName)?.Secret.Metadata.Name);
    }

    [Theory]
    [InlineData("xn--caf-dma.test")]
    [InlineData("XN--CAF-DMA.TEST")]
    [InlineData("café.test")] // what .NET makes of the A-label on its way to the selector (9.5)
    [InlineData("CAFÉ.test.")]
    public void FindCertificate_InternationalName_IsComparedAsALabel(string serverName)
    {
        var table = Compile([TestCertificates.Secret("t/idn", "xn--caf-dma.test")], Entry("i", 0, Some.Tls("idn", "xn--caf-dma.test")));

        Assert.Equal("idn", table.FindCertificate(serverName)?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_ExactEntry_BeatsTheOlderWildcardEntry()
    {
        var table = Compile(
            [s_exact, s_wildcard], Entry("old", 0, Some.Tls("wildcard", "*.h.test")), Entry("young", 1, Some.Tls("exact", "a.h.test")));

        Assert.Equal("exact", table.FindCertificate("a.h.test")?.Secret.Metadata.Name); // step 2
    }

    [Fact]
    public void FindCertificate_TwoEntriesForOneHost_OldestIngressWins()
    {
        var table = Compile([s_exact, s_both], Entry("z", 0, Some.Tls("both", "a.h.test")), Entry("a", 1, Some.Tls("exact", "a.h.test")));

        Assert.Equal("both", table.FindCertificate("a.h.test")?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_TwoEntriesOfOneIngress_FirstWins()
    {
        var table = Compile([s_exact, s_both], Entry("i", 0, Some.Tls("both", "a.h.test"), Some.Tls("exact", "a.h.test")));

        Assert.Equal("both", table.FindCertificate("a.h.test")?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_EntryWithoutSecret_YieldsTheDefaultCertificate()
    {
        var table = Compile([s_exact], Entry("old", 0, Some.Tls(null, "a.h.test")), Entry("young", 1, Some.Tls("exact", "a.h.test")));

        Assert.Equal("default", table.FindCertificate("a.h.test")?.Secret.Metadata.Name); // step 2: it wins, by age
    }

    [Fact]
    public void FindCertificate_YoungerEntryWithoutSecret_LosesToTheOlderOne()
    {
        var table = Compile([s_exact], Entry("old", 0, Some.Tls("exact", "a.h.test")), Entry("young", 1, Some.Tls("", "a.h.test")));

        Assert.Equal("exact", table.FindCertificate("a.h.test")?.Secret.Metadata.Name);
    }

    public static TheoryData<string, SecretResource?> Unusable => new()
    {
        { "missing", null },
        { "of another name", TestCertificates.Secret("t/first", "foreign.test") },
        { "without names, the common name not being one", TestCertificates.Secret("t/first") },
        { "of a wildcard that stands for another label", TestCertificates.Secret("t/first", "*.test", "*.a.h.test") },
        { "keyless", s_exact with { Metadata = Some.Metadata("t/first"), KeyPem = null } },
        { "with an empty key", s_exact with { Metadata = Some.Metadata("t/first"), KeyPem = "" } },
        { "with somebody else's key", s_exact with { Metadata = Some.Metadata("t/first"), KeyPem = s_wildcard.KeyPem } },
        { "with garbage for a key", s_exact with { Metadata = Some.Metadata("t/first"), KeyPem = Garbage("PRIVATE KEY") } },
        { "without certificate", s_exact with { Metadata = Some.Metadata("t/first"), CertificatePem = null } },
        { "unparsable", s_exact with { Metadata = Some.Metadata("t/first"), CertificatePem = "no PEM" } },
        { "with garbage for a certificate", s_exact with { Metadata = Some.Metadata("t/first"), CertificatePem = Garbage("CERTIFICATE") } },
        { "in another namespace", s_exact with { Metadata = Some.Metadata("u/first") } },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void FindCertificate_OldestEntryIsUnusable_NextOneWins(string why, SecretResource? first)
    {
        SecretResource[] secrets = first is null ? [s_exact] : [first, s_exact];

        var table = Compile(secrets, Entry("old", 0, Some.Tls("first", "a.h.test")), Entry("young", 1, Some.Tls("exact", "a.h.test")));

        Assert.True("exact" == table.FindCertificate("a.h.test")?.Secret.Metadata.Name, why); // step 2: skipped
    }

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void FindCertificate_ExactEntryIsUnusable_WildcardEntryTakesOver(string why, SecretResource? first)
    {
        SecretResource[] secrets = first is null ? [s_wildcard] : [first, s_wildcard];

        var table = Compile(secrets, Entry("old", 0, Some.Tls("first", "a.h.test")), Entry("young", 1, Some.Tls("wildcard", "*.h.test")));

        Assert.True("wildcard" == table.FindCertificate("a.h.test")?.Secret.Metadata.Name, why);
    }

    [Fact]
    public void FindCertificate_WildcardEntry_CountsForTheNamesItsCertificateCovers()
    {
        // Listed for every name, but the certificate is for one: the others go on to the default (the SAN check is per requested name).
        var table = Compile([s_exact], Entry("i", 0, Some.Tls("exact", "*.h.test")));

        Assert.Equal("exact", table.FindCertificate("a.h.test")?.Secret.Metadata.Name);
        Assert.Equal("default", table.FindCertificate("b.h.test")?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_EntryWithoutHosts_ContributesTheNamesOfItsCertificate()
    {
        var table = Compile([s_both], Entry("i", 0, Some.Tls("both")));

        Assert.Equal("both", table.FindCertificate("a.h.test")?.Secret.Metadata.Name); // step 3
        Assert.Equal("both", table.FindCertificate("b.h.test")?.Secret.Metadata.Name);
        Assert.Equal("default", table.FindCertificate("other.test")?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_EntryWithoutHosts_ComesAfterExplicitOnesOfTheSameSpecificity()
    {
        var table = Compile([s_both, s_exact], Entry("old", 0, Some.Tls("both")), Entry("young", 1, Some.Tls("exact", "a.h.test")));

        Assert.Equal("exact", table.FindCertificate("a.h.test")?.Secret.Metadata.Name);
        Assert.Equal("both", table.FindCertificate("b.h.test")?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_ExactNameOfAnEntryWithoutHosts_BeatsTheExplicitWildcard()
    {
        var table = Compile([s_exact, s_wildcard], Entry("old", 0, Some.Tls("wildcard", "*.h.test")), Entry("young", 1, Some.Tls("exact")));

        Assert.Equal("exact", table.FindCertificate("a.h.test")?.Secret.Metadata.Name); // step 3: of the same specificity
        Assert.Equal("wildcard", table.FindCertificate("b.h.test")?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_NothingAppliesAndNoDefault_IsNull()
    {
        var snapshot = new ClusterSnapshot { Ingresses = [Entry("i", 0, Some.Tls("exact", "a.h.test"))], Secrets = [s_exact] };
        var table = IngressRouteTable.Compile(snapshot);

        Assert.Null(table.FindCertificate("other.test")); // step 4: the handshake is refused
        Assert.Null(table.FindCertificate(null));
        Assert.NotNull(table.FindCertificate("a.h.test"));
    }

    [Fact]
    public void FindCertificate_ExpiredCertificate_IsServed()
    {
        var table = Compile([TestCertificates.ExpiredSecret("t/expired", "a.h.test")], Entry("i", 0, Some.Tls("expired", "a.h.test")));

        Assert.Equal("expired", table.FindCertificate("a.h.test")?.Secret.Metadata.Name); // 11.5
    }

    [Fact]
    public void FindCertificate_IngressOfAnotherNamespace_BenefitsFromTheWinner()
    {
        var other = Some.Ingress("u/other", [Some.Rule("a.h.test", Some.Prefix("/"))], tls: [Some.Tls(null, "a.h.test")], ageSeconds: 5);

        // 11.6
        Assert.Equal(
            "exact",
            Compile([s_exact], Entry("i", 0, Some.Tls("exact", "a.h.test")), other).FindCertificate("a.h.test")?.Secret.Metadata.Name);
    }

    [Fact]
    public void Compile_TlsSection_ChangesNoRoute()
    {
        var table = Compile([s_exact], Entry("i", 0, Some.Tls("exact", "a.h.test")));

        Assert.Equal("404", table.Answer("a.h.test", "/")); // 11.7
        Assert.Equal("web", table.Answer("i.rule.test", "/"));
    }

    [Fact]
    public void FindCertificate_SameSecretInstance_GivesTheSameCertificate()
    {
        var ingress = Entry("i", 0, Some.Tls("exact", "a.h.test"));

        Assert.Same(Compile([s_exact], ingress).FindCertificate("a.h.test"), Compile([s_exact], ingress).FindCertificate("a.h.test"));
    }

    [Fact]
    public void FindCertificate_Certificate_HasItsKeyAndItsNames()
    {
        var certificate = Compile([s_both], Entry("i", 0, Some.Tls("both", "a.h.test"))).FindCertificate("a.h.test")!;

        using var loaded = certificate.CreateCertificate();
        Assert.True(loaded.HasPrivateKey);
        Assert.Equal(["*.h.test", "a.h.test"], certificate.DnsNames.Order(StringComparer.Ordinal));
        Assert.Equal(loaded.NotAfter.ToUniversalTime(), certificate.NotAfter.UtcDateTime);
        Assert.Empty(certificate.CreateIntermediates());
    }

    private static readonly SecretResource s_rsa = TestCertificates.RsaSecret("t/rsa", "a.h.test");

    // D24.
    [Theory]
    [InlineData(CertificateKeyKinds.None, "exact")] // unknown
    [InlineData(CertificateKeyKinds.All, "exact")]
    [InlineData(CertificateKeyKinds.Ecdsa, "exact")]
    [InlineData(CertificateKeyKinds.Rsa, "rsa")]
    public void FindCertificate_TwoKindsOfKeys_GivesTheFirstThatTheClientVerifies(CertificateKeyKinds offered, string expected)
    {
        var table = Compile([s_exact, s_rsa], Entry("old", 0, Some.Tls("exact", "a.h.test")), Entry("young", 1, Some.Tls("rsa", "a.h.test")));

        Assert.True(table.HasSeveralKeyKinds);
        Assert.Equal(expected, table.FindCertificate("A.h.test.", offered)?.Secret.Metadata.Name);
        Assert.Equal("exact", table.FindCertificate("a.h.test")?.Secret.Metadata.Name);
        Assert.DoesNotContain(table.Diagnostics, item => item.Id == IngressDiagnosticIds.TlsConflict); // both take part
    }

    [Fact]
    public void FindCertificate_NothingThatTheClientVerifies_GivesWhatEverybodyGets()
    {
        var table = Compile([s_exact], Entry("old", 0, Some.Tls("exact", "a.h.test")));

        Assert.False(table.HasSeveralKeyKinds);
        Assert.Equal("exact", table.FindCertificate("a.h.test", CertificateKeyKinds.Rsa)?.Secret.Metadata.Name);
        Assert.Equal("default", table.FindCertificate("", CertificateKeyKinds.Rsa)?.Secret.Metadata.Name);
    }

    [Fact]
    public void FindCertificate_EntryWithoutSecretBetween_EndsTheWalkForEverybody()
    {
        var table = Compile(
            [s_exact, s_rsa],
            Entry("i0", 0, Some.Tls("exact", "a.h.test")),
            Entry("i1", 1, Some.Tls(null, "a.h.test")),
            Entry("i2", 2, Some.Tls("rsa", "a.h.test")));

        // The default certificate is of no use to the client either.
        Assert.Equal("exact", table.FindCertificate("a.h.test", CertificateKeyKinds.Rsa)?.Secret.Metadata.Name);
        Assert.Contains(table.Diagnostics, item => item.Id == IngressDiagnosticIds.TlsConflict && item.Field == "spec.tls[0].hosts[0]");
    }

    [Fact]
    public void FindCertificate_SecondOfTheSecondKind_IsReported()
    {
        var table = Compile(
            [s_exact, s_rsa, TestCertificates.RsaSecret("t/rsa2", "a.h.test")],
            Entry("i0", 0, Some.Tls("exact", "a.h.test")),
            Entry("i1", 1, Some.Tls("rsa", "a.h.test")),
            Entry("i2", 2, Some.Tls("rsa2", "a.h.test")));

        var conflict = Assert.Single(table.Diagnostics, item => item.Id == IngressDiagnosticIds.TlsConflict);
        Assert.Equal("i2", conflict.Resource?.Name);
        Assert.Contains("Ingress 't/i1' goes first and gives 'a.h.test' the certificate of Secret 't/rsa'", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindCertificate_OtherKindOnTheWildcardOrByDefault_IsGivenToo()
    {
        var wildcard = TestCertificates.RsaSecret("t/wild", "*.h.test");
        var table = Compile([s_exact, wildcard], Entry("i0", 0, Some.Tls("exact", "a.h.test")), Entry("i1", 1, Some.Tls("wild", "*.h.test")));

        Assert.Equal("wild", table.FindCertificate("a.h.test", CertificateKeyKinds.Rsa)?.Secret.Metadata.Name);
        Assert.Equal("default", table.FindCertificate("b.h.test", CertificateKeyKinds.Ecdsa)?.Secret.Metadata.Name);
    }

    private static string Garbage(string label) => $"-----BEGIN {label}-----\nAAAA\n-----END {label}-----";

    private static IngressResource Entry(string name, int age, params IngressTls[] tls)
        => Some.Ingress("t/" + name, [Some.Rule(name + ".rule.test", Some.Prefix("/"))], tls: tls, ageSeconds: age);

    private static IngressRouteTable Compile(SecretResource[] secrets, params IngressResource[] ingresses) => IngressRouteTable.Compile(
        new() { Ingresses = ingresses, Secrets = [.. secrets, s_default] },
        new() { DefaultCertificate = new("ops", "default") });
}
