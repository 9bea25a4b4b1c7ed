using System.Collections.Immutable;
using System.Net.Security;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Semantics 12: who decides how TLS is spoken, and what may be served on which connection.</summary>
public sealed class TlsPolicyTests
{
    private static readonly TestAuthority s_authority = new("ours");
    private static readonly SecretResource s_ca = TestAuthority.Secret("shop/ca", s_authority);
    private static readonly SecretResource s_caOfV = TestAuthority.Secret("v/ca", s_authority);

    // The patterns of section 12.4: an open host beside a protected one, under one wildcard.
    private static readonly IngressRouteTable s_shop = TableOf(
        Ingress("shop/admin", "admin.test", Require()),
        Ingress("shop/open", "open.test"),
        Ingress("shop/wild", "*.wild.test", Require()),
        Ingress("shop/hole", "hole.wild.test"));

    [Theory]
    [InlineData("admin.test", "admin.test", TlsVerdict.Serve)]
    [InlineData("ADMIN.test", "admin.TEST", TlsVerdict.Serve)]
    [InlineData("admin.test.", "admin.test", TlsVerdict.Serve)]
    [InlineData("admin.test", "admin.test.:8443", TlsVerdict.Serve)]
    [InlineData("open.test", "open.test", TlsVerdict.Serve)]
    [InlineData("open.test", "admin.test", TlsVerdict.Misdirected)]
    [InlineData("open.test", "ADMIN.TEST", TlsVerdict.Misdirected)]
    [InlineData("open.test", "admin.test.", TlsVerdict.Misdirected)]
    [InlineData("open.test", "admin.test:443", TlsVerdict.Misdirected)]
    [InlineData("open.test", "a.wild.test", TlsVerdict.Misdirected)]
    [InlineData("", "admin.test", TlsVerdict.Misdirected)]
    [InlineData("127.0.0.1", "admin.test", TlsVerdict.Misdirected)]
    [InlineData("unknown.test", "admin.test", TlsVerdict.Misdirected)]
    [InlineData("hole.wild.test", "a.wild.test", TlsVerdict.Misdirected)]
    [InlineData("a.b.wild.test", "a.wild.test", TlsVerdict.Misdirected)]
    [InlineData("admin.test", "open.test", TlsVerdict.Misdirected)]
    [InlineData("a.wild.test", "hole.wild.test", TlsVerdict.Misdirected)]
    [InlineData("admin.test", "a.wild.test", TlsVerdict.Serve)]
    [InlineData("", "open.test", TlsVerdict.Serve)]
    [InlineData("", "", TlsVerdict.Serve)]
    [InlineData("open.test", "unknown.test", TlsVerdict.Serve)]
    public void EvaluateTls_ServerNameAndHost_ComparesPolicies_D18(string serverName, string host, TlsVerdict expected)
        => Assert.Equal(expected, Judge(s_shop, host, serverName));

    [Fact]
    public void EvaluateTls_AbsoluteFormWithoutHost_IsJudgedByItsAuthority()
    {
        var handshake = s_shop.BeginHandshake("open.test");

        Assert.Equal(TlsVerdict.Misdirected, s_shop.EvaluateTls(null, "https://admin.test/", isHttps: true, handshake));
        Assert.Equal(TlsVerdict.Misdirected, s_shop.EvaluateTls("", "http://u:p@ADMIN.test.:1/", isHttps: true, handshake));
    }

    [Theory]
    [InlineData("admin.test", TlsVerdict.CertificateRequired)]
    [InlineData("a.wild.test", TlsVerdict.CertificateRequired)]
    [InlineData("open.test", TlsVerdict.Serve)]
    [InlineData("hole.wild.test", TlsVerdict.Serve)]
    public void EvaluateTls_PlainHttp_NeverReachesAProtectedHost_D25(string host, TlsVerdict expected)
    {
        Assert.Equal(expected, s_shop.EvaluateTls(host, "/", isHttps: false));
        Assert.Equal(expected, s_shop.EvaluateTls(host, "/", isHttps: true));
    }

    [Fact]
    public void EvaluateTls_PolicyChangedSinceTheHandshake_WantsANewConnection()
    {
        var before = TableOf(Ingress("shop/admin", "admin.test"));
        var handshake = before.BeginHandshake("admin.test");

        Assert.Equal(TlsVerdict.Serve, before.EvaluateTls("admin.test", "/", isHttps: true, handshake));
        Assert.Equal(TlsVerdict.Misdirected, s_shop.EvaluateTls("admin.test", "/", isHttps: true, handshake));
    }

    [Fact]
    public void EvaluateTls_AuthoritiesChangedSinceTheHandshake_WantsANewConnection()
    {
        var handshake = s_shop.BeginHandshake("admin.test");
        var rotated = s_shop.Apply(new() { Upserted = [TestAuthority.Secret("shop/ca", new TestAuthority("new"))] });
        var same = s_shop.Apply(new() { Upserted = [TestAuthority.Secret("shop/ca", s_authority)] });

        Assert.Equal(TlsVerdict.Misdirected, Judge(rotated, "admin.test", handshake));
        Assert.Equal(TlsVerdict.Serve, Judge(same, "admin.test", handshake));
    }

    [Theory]
    [InlineData("open.test", "other.test", TlsVerdict.Misdirected)]
    [InlineData("OPEN.test.", "open.TEST:8443", TlsVerdict.Serve)]
    [InlineData("", "open.test", TlsVerdict.Misdirected)]
    [InlineData("open.test", "", TlsVerdict.Misdirected)]
    [InlineData("", "127.0.0.1", TlsVerdict.Serve)]
    [InlineData("", "", TlsVerdict.Serve)]
    [InlineData("", "[::1]:443", TlsVerdict.Serve)]
    public void EvaluateTls_RequireMatchingServerName_ComparesNames(string serverName, string host, TlsVerdict expected)
        => Assert.Equal(expected, Judge(IngressRouteTable.Compile(s_shop.Snapshot, new() { RequireMatchingServerName = true }), host, serverName));

    [Theory]
    [InlineData("old.test", "new.test", TlsVerdict.Misdirected)]
    [InlineData("new.test", "old.test", TlsVerdict.Serve)]
    public void EvaluateTls_MinimumVersion_MayBeStricterThanNeeded(string serverName, string host, TlsVerdict expected)
        => Assert.Equal(expected, Judge(TableOf(Ingress("t/new", "new.test", ("tls-min-version", "1.3")), Ingress("t/old", "old.test")), host, serverName));

    [Fact]
    public void Policies_OldestWithAnnotationsOfTheOwningNamespace_Decides_D23()
    {
        var table = TableOf(
            Ingress("shop/first", "h.test"),
            Ingress("other/second", "h.test", ("client-certificates", "report")),
            Ingress("shop/third", "h.test", ("tls-min-version", "1.3")),
            Ingress("shop/fourth", "h.test", ("tls-min-version", "1.2")));

        var policies = table.PoliciesOf("h.test");
        var policy = policies.Tls;

        Assert.Equal("shop/third", policies.Source.ToString());
        Assert.Equal(TlsVersion.Tls13, policy.MinimumVersion);
        Assert.Equal(ClientCertificateMode.None, policy.ClientCertificates);
        var overruled = table.Diagnostics.Where(item => item.Id == IngressDiagnosticIds.TlsPolicyOverruled).Select(item => item.Resource!.Value.Name);
        Assert.Equal(["second", "fourth"], overruled);
    }

    [Fact]
    public void EvaluateTls_IngressThatWantsVerifiedClientsAndDoesNotDecide_IsServedToNobody_D25()
    {
        var table = TableOf(
            Ingress("a/open", "h.test", "/"),
            Ingress("shop/closed", "h.test", "/closed", Require()));

        Assert.Equal(TlsVerdict.Serve, Judge(table, "h.test", "h.test"));
        Assert.Equal(TlsVerdict.CertificateRequired, Judge(table, "h.test", "h.test", "/closed"));
        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("h.test", "/closed", isHttps: false));
    }

    [Theory]
    [InlineData("/auth")]
    [InlineData("/")]
    public void EvaluateTls_StrangerBecomesTheOldest_NoRouteOfTheProtectedNamespaceIsOpened_D25(string path)
    {
        // The Ingress of 'b' is older; by adding a rule for the host it takes over who decides.
        var intruder = Ingress("b/old", "b.test");
        IngressResource[] victim = [Ingress("v/auth", "victim.test", "/auth", Require()), Ingress("v/app", "victim.test")];
        var before = TableOf([intruder, .. victim]);
        var after = before.Apply(new()
        {
            Upserted = [intruder with { Rules = [Some.Rule("b.test", Some.Prefix("/")), Some.Rule("victim.test", Some.Prefix("/zzz"))] }],
        });

        Assert.Equal(TlsVerdict.Serve, Judge(before, "victim.test", "victim.test", path));
        Assert.Equal(TlsVerdict.CertificateRequired, Judge(after, "victim.test", "victim.test", path));
        Assert.Equal(TlsVerdict.CertificateRequired, Plain(after, path));
        Assert.Equal(TlsVerdict.Serve, Plain(after, "/zzz"));

        static TlsVerdict Plain(IngressRouteTable table, string path)
            => table.EvaluateTls("victim.test", path, isHttps: false);
    }

    [Fact]
    public void EvaluateTls_DefaultBackendOfAProtectedNamespace_IsNotReachedThroughHostsOfOthers_D25()
    {
        var table = TableOf(
            Ingress("open/site", "site.test", "/only"),
            Ingress("shop/others", null, "/all", Require()),
            Some.Ingress("shop/rest", defaultBackend: Some.Backend("web"), ageSeconds: 1_000_000));

        Assert.Equal("shop/rest", table.Match("site.test", "/else").Route!.Source.Name.ToString());
        Assert.Equal(TlsVerdict.CertificateRequired, Judge(table, "site.test", "site.test", "/else"));
        Assert.Equal(TlsVerdict.Serve, Judge(table, "unknown.test", "unknown.test", "/else"));
    }

    [Fact]
    public void EvaluateTls_AuthoritiesOfAnotherIngress_VouchForNobodyHere_D25()
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses =
            [
                Ingress("a/first", "h.test", "/a", ("client-certificates", "report"), ("client-certificate-secret", "ca")),
                Ingress("b/second", "h.test", "/b", ("client-certificates", "report"), ("client-certificate-secret", "ca")),
            ],
            Secrets = [TestAuthority.Secret("a/ca", new TestAuthority("a")), TestAuthority.Secret("b/ca", new TestAuthority("b"))],
        });

        Assert.Equal(TlsVerdict.Serve, Judge(table, "h.test", "h.test", "/a"));
        Assert.Equal(TlsVerdict.CertificateRequired, Judge(table, "h.test", "h.test", "/b"));
    }

    [Theory]
    [InlineData(ClientCertificateMode.None)]
    [InlineData(ClientCertificateMode.Report)]
    [InlineData(ClientCertificateMode.Optional)]
    public void Policies_CodeIsLooserForAllHosts_AnnotationMakesItStricter_D23(ClientCertificateMode mode)
    {
        var table = IngressRouteTable.Compile(
            new() { Ingresses = [Ingress("shop/admin", "admin.test", Require())], Secrets = [s_ca] },
            new() { Tls = new() { ClientCertificates = new() { Mode = mode, AuthoritiesPem = s_authority.Pem } } });

        Assert.Equal(ClientCertificateMode.Require, table.PoliciesOf("admin.test").Tls.ClientCertificates);
        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("admin.test", "/", isHttps: false));
    }

    [Fact]
    public void Policies_ConfiguredWildcard_StandsForNamesOfManyLabelsAndFillsGaps_D23()
    {
        var options = new RouteTableOptions
        {
            HostTls = ImmutableDictionary<string, TlsSettings>.Empty
                .Add("*.corp.test", new() { ClientCertificates = new() { Mode = ClientCertificateMode.Require, AuthoritiesPem = s_authority.Pem } })
                .Add("shop.corp.test", new() { StrictTransportSecurity = new() { MaxAge = TimeSpan.FromDays(1) } }),
        };
        var table = IngressRouteTable.Compile(Some.Snapshot(Ingress("t/i", "a.b.corp.test")), options);

        Assert.Equal(ClientCertificateMode.Require, table.PoliciesOf("a.b.corp.test").Tls.ClientCertificates);
        Assert.Equal(ClientCertificateMode.Require, table.BeginHandshake("A.B.C.corp.test.").Policy.ClientCertificates);
        Assert.Equal(ClientCertificateMode.Require, table.PoliciesOf("shop.corp.test").Tls.ClientCertificates);
        Assert.NotNull(table.PoliciesOf("shop.corp.test").StrictTransportSecurity);
        Assert.Equal(ClientCertificateMode.None, table.PoliciesOf("corp.test").Tls.ClientCertificates);
        Assert.Equal(ClientCertificateMode.None, table.PoliciesOf("xcorp.test").Tls.ClientCertificates);
    }

    [Theory]
    [InlineData("client-certficates")]
    [InlineData("client-cert")]
    public void Policies_AnnotationForClientsIsMisspelt_LetsNobodyIn(string name)
        => AssertClosed(TableOf(Ingress("shop/admin", "admin.test", (name, "require"), ("client-certificate-secret", "ca"))));

    [Fact]
    public void Compile_CipherSuitesOfAnOlderVersionThanIsWanted_AreReportedAndIgnored()
    {
        var table = TableOf(Ingress(
            "t/i", "h.test", ("tls-min-version", "1.3"), ("tls-cipher-suites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")));

        Assert.Empty(table.PoliciesOf("h.test").Tls.CipherSuites);
        Assert.Contains(table.Diagnostics, item => item.Id == IngressDiagnosticIds.InvalidAnnotation);
    }

    [Fact]
    public void KeepLastGood_BrokenAuthorities_ThoseOfTheVersionBeforeStay()
    {
        var table = TableOf(Ingress("shop/admin", "admin.test", Require()));
        var broken = table.Apply(table.KeepLastGood(new() { Upserted = [s_ca with { AuthoritiesPem = "broken" }] }));
        var without = table.Apply(table.KeepLastGood(new() { Upserted = [s_ca with { AuthoritiesPem = null }] }));
        using var client = s_authority.Client("alice");

        Assert.Equal(ClientCertificateOutcome.Verified, broken.PoliciesOf("admin.test").Tls.ClientTrust!.Verify(client, [], DateTimeOffset.UtcNow).Outcome);
        Assert.Contains(broken.Diagnostics, item => item.Id == IngressDiagnosticIds.LastGoodCertificateKept);
        AssertClosed(without);
    }

    [Fact]
    public void EvaluateTls_DefaultBackendThatWantsVerifiedClients_IsNotServedToHostsOfOthers_D25()
    {
        var table = TableOf(
            Ingress("a/open", "h.test", "/only"),
            Some.Ingress("shop/rest", defaultBackend: Some.Backend("web"), annotations: Annotations([("client-certificates", "require"), ("client-certificate-secret", "ca")])));

        Assert.Equal(TlsVerdict.Serve, Judge(table, "h.test", "h.test", "/only"));
        Assert.Equal(TlsVerdict.CertificateRequired, Judge(table, "h.test", "h.test", "/else"));
        Assert.Equal(TlsVerdict.Serve, Judge(table, "unknown.test", "unknown.test", "/else"));
        Assert.Equal(ClientCertificateMode.Require, table.BeginHandshake("").Policy.ClientCertificates);
    }

    [Theory]
    [InlineData("requrie")]
    [InlineData("")]
    [InlineData("Require")]
    [InlineData("on")]
    public void Policies_ModeIsMisspelt_LetsNobodyIn(string mode)
    {
        var table = TableOf(Ingress("shop/admin", "admin.test", ("client-certificates", mode), ("client-certificate-secret", "ca")));

        AssertClosed(table);
        Assert.Contains(table.Diagnostics, item => item is { Id: IngressDiagnosticIds.InvalidAnnotation, Severity: IngressDiagnosticSeverity.Error });
    }

    [Fact]
    public void Policies_SecretWithoutMode_LetsNobodyIn()
        => AssertClosed(TableOf(Ingress("shop/admin", "admin.test", ("client-certificate-secret", "ca"))));

    [Fact]
    public void Policies_SecretIsMissing_LetsNobodyIn()
    {
        var table = TableOf(Ingress("shop/admin", "admin.test", ("client-certificates", "require"), ("client-certificate-secret", "gone")));

        AssertClosed(table);
        Assert.Contains(table.Diagnostics, item => item is { Id: IngressDiagnosticIds.ClientAuthoritiesUnusable, Severity: IngressDiagnosticSeverity.Error });
    }

    [Fact]
    public void Policies_SecretOfAnotherNamespace_IsNotRead()
        => AssertClosed(TableOf(Ingress("other/admin", "admin.test", Require())));

    [Fact]
    public void Policies_SecretArrivesLater_IsInForceThen()
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(Ingress("shop/admin", "admin.test", Require())));
        AssertClosed(table);

        Assert.Null(table.Apply(new() { Upserted = [s_ca] }).PoliciesOf("admin.test").Tls.ClientTrust!.Problem);
    }

    [Fact]
    public void Policies_Code_CannotBeLoosenedByAnnotations_D23()
    {
        var options = new RouteTableOptions
        {
            Tls = new()
            {
                ClientCertificates = new() { Mode = ClientCertificateMode.Require, AuthoritiesPem = s_authority.Pem },
                MinimumVersion = TlsVersion.Tls13,
                CipherSuites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256],
            },
        };
        var table = IngressRouteTable.Compile(
            Some.Snapshot(Ingress(
                "t/i",
                "h.test",
                ("client-certificates", "none"),
                ("tls-min-version", "1.2"),
                ("tls-cipher-suites", "TLS_AES_256_GCM_SHA384"),
                ("hsts", "max-age=1"))),
            options);

        var policies = table.PoliciesOf("h.test");
        var policy = policies.Tls;

        Assert.Equal(ClientCertificateMode.Require, policy.ClientCertificates);
        Assert.Equal(TlsVersion.Tls13, policy.MinimumVersion);
        Assert.Equal(TlsCipherSuite.TLS_AES_128_GCM_SHA256, Assert.Single(policy.CipherSuites));
        Assert.Equal("max-age=1", policies.StrictTransportSecurity!.ToString());
        Assert.Contains(table.Diagnostics, item => item.Id == IngressDiagnosticIds.TlsPolicyOverruled);
    }

    [Theory]
    [InlineData("no PEM", null)]
    [InlineData(null, "no PEM")]
    public void Compile_BrokenAuthoritiesOfCode_AreReportedAndTrustNobody(string? authorities, string? lists)
    {
        var settings = new ClientCertificateSettings
        {
            Mode = ClientCertificateMode.Require,
            AuthoritiesPem = authorities ?? s_authority.Pem,
            RevocationListsPem = lists,
        };
        var options = new RouteTableOptions { HostTls = ImmutableDictionary<string, TlsSettings>.Empty.Add("admin.test", new() { ClientCertificates = settings }) };
        var table = IngressRouteTable.Compile(Some.Snapshot(Ingress("t/i", "admin.test")), options);

        AssertClosed(table);
        Assert.Contains("admin.test", Assert.Single(table.Diagnostics, item => item.Id == IngressDiagnosticIds.ClientAuthoritiesUnusable).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_ConfiguredWildcard_IsNotEscapedByARule_D23()
    {
        var options = new RouteTableOptions
        {
            HostTls = ImmutableDictionary<string, TlsSettings>.Empty.Add(
                "*.test", new() { ClientCertificates = new() { Mode = ClientCertificateMode.Require, AuthoritiesPem = s_authority.Pem } }),
        };
        var table = IngressRouteTable.Compile(Some.Snapshot(Ingress("t/i", "h.test", ("client-certificates", "none"))), options);

        Assert.Equal(ClientCertificateMode.Require, table.PoliciesOf("h.test").Tls.ClientCertificates);
        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("h.test", "/", isHttps: true));
        Assert.Equal(TlsVerdict.Serve, table.EvaluateTls("h.other", "/", isHttps: true));
    }

    [Theory]
    [InlineData("true", null, TlsVerdict.RedirectToHttps)]
    [InlineData("false", true, TlsVerdict.Serve)]
    [InlineData(null, true, TlsVerdict.RedirectToHttps)]
    [InlineData(null, null, TlsVerdict.Serve)]
    public void EvaluateTls_PlainHttp_IsRedirectedOnlyWhenAskedFor_D19(string? annotation, bool? configured, TlsVerdict expected)
    {
        var annotations = annotation is null ? [] : new[] { ("https-redirect", annotation) };
        var table = IngressRouteTable.Compile(
            Some.Snapshot(Ingress("t/i", "h.test", annotations)), new() { Tls = new() { RedirectToHttps = configured } });

        Assert.Equal(expected, table.EvaluateTls("h.test", "/", isHttps: false));
        Assert.Equal(TlsVerdict.Serve, Judge(table, "h.test", "h.test"));
        Assert.Equal(TlsVerdict.Serve, table.EvaluateTls("unknown.test", "/", isHttps: false));
    }

    [Fact]
    public void EvaluateTls_RedirectOfAnotherIngress_LeavesAnAcmeSolverAlone()
    {
        var table = TableOf(
            Ingress("t/site", "h.test", "/", ("https-redirect", "true")),
            Ingress("t/solver", "h.test", "/.well-known/acme-challenge/x"));

        Assert.Equal(TlsVerdict.RedirectToHttps, Plain("/"));
        Assert.Equal(TlsVerdict.Serve, Plain("/.well-known/acme-challenge/x"));

        TlsVerdict Plain(string path) => table.EvaluateTls("h.test", path, isHttps: false);
    }

    [Theory]
    [InlineData("tls-min-version", "1.1")]
    [InlineData("tls-cipher-suites", "TLS_NO_SUCH")]
    [InlineData("tls-cipher-suites", "4865")]
    [InlineData("tls-alpn", "h3")]
    [InlineData("hsts", "max-age=x")]
    [InlineData("https-redirect", "yes")]
    [InlineData("client-certificate-headers", "1")]
    [InlineData("no-such-thing", "1")]
    public void Compile_BadAnnotation_IsReportedAndIgnored(string name, string value)
    {
        var table = TableOf(Ingress("t/i", "h.test", (name, value)));

        var report = Assert.Single(table.Diagnostics, item => item.Id == IngressDiagnosticIds.InvalidAnnotation);
        Assert.Equal($"metadata.annotations[ingress.routing/{name}]", report.Field);
        Assert.Equal(TlsPolicy.HandshakeComparer.GetHashCode(TlsPolicy.Default), TlsPolicy.HandshakeComparer.GetHashCode(table.PoliciesOf("h.test").Tls));
        Assert.Null(table.PoliciesOf("h.test").StrictTransportSecurity);
    }

    [Fact]
    public void Policies_OtherPrefix_IsTheConfiguredOne_D20()
    {
        var ingress = Some.Ingress(
            "t/i", [Some.Rule("h.test", Some.Prefix("/"))], annotations: new Dictionary<string, string> { ["gw.example.com/tls-min-version"] = "1.3" });

        Assert.Equal(TlsVersion.Tls12, TableOf(ingress).PoliciesOf("h.test").Tls.MinimumVersion);
        Assert.Equal(
            TlsVersion.Tls13,
            IngressRouteTable.Compile(Some.Snapshot(ingress), new() { AnnotationPrefix = "gw.example.com" }).PoliciesOf("h.test").Tls.MinimumVersion);
    }

    [Theory]
    [InlineData("max-age=31536000", "max-age=31536000")]
    [InlineData(" MAX-AGE=\"60\" ; includesubdomains;preload", "max-age=60; includeSubDomains; preload")]
    [InlineData("max-age=0", "max-age=0")]
    [InlineData("", null)]
    [InlineData("includeSubDomains", null)]
    [InlineData("max-age=1; max-age=2", null)]
    [InlineData("max-age=-1", null)]
    [InlineData("max-age=99999999999", null)]
    [InlineData("max-age=1;", null)]
    [InlineData("max-age=1; other", null)]
    public void StrictTransportSecurity_TryParse_ReadsTheHeader(string text, string? expected)
    {
        Assert.Equal(expected is not null, StrictTransportSecurity.TryParse(text, out var value));
        Assert.Equal(expected, value?.ToString());
    }

    private static IngressRouteTable TableOf(params IngressResource[] ingresses)
        => IngressRouteTable.Compile(new() { Ingresses = ingresses, Secrets = [s_ca, s_caOfV] });

    private static int s_age;

    private static IngressResource Ingress(string name, string? host, params (string Name, string Value)[] annotations)
        => Ingress(name, host, "/", annotations);

    // Each is younger than those made before it.
    private static IngressResource Ingress(string name, string? host, string path, params (string Name, string Value)[] annotations)
        => Some.Ingress(
            name, [Some.Rule(host, Some.Prefix(path))], ageSeconds: Interlocked.Increment(ref s_age), annotations: Annotations(annotations));

    private static Dictionary<string, string> Annotations((string Name, string Value)[] annotations)
        => annotations.ToDictionary(pair => $"ingress.routing/{pair.Name}", pair => pair.Value);

    private static (string Name, string Value)[] Require() => [("client-certificates", "require"), ("client-certificate-secret", "ca")];

    private static TlsVerdict Judge(IngressRouteTable table, string host, string serverName, string path = "/")
        => table.EvaluateTls(host, path, isHttps: true, table.BeginHandshake(serverName));

    private static TlsVerdict Judge(IngressRouteTable table, string host, TlsHandshake handshake)
        => table.EvaluateTls(host, "/", isHttps: true, handshake);

    private static void AssertClosed(IngressRouteTable table)
    {
        var policy = table.PoliciesOf("admin.test").Tls;
        using var client = s_authority.Client("alice");

        Assert.Equal(ClientCertificateMode.Require, policy.ClientCertificates);
        Assert.Equal(ClientCertificateOutcome.Failed, policy.ClientTrust!.Verify(client, [], DateTimeOffset.UtcNow).Outcome);
    }
}
