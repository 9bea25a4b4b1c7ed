using System.Text;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Secrets: what is kept of them, and that nothing of it is ever said.</summary>
public sealed class SecretTests
{
    private const string Sentinel = "hunter2-sentinel";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Secret(string fields, string type = "kubernetes.io/tls")
        => $"apiVersion: v1\nkind: Secret\ntype: {type}\nmetadata: {{name: cert, namespace: shop}}\n{fields}\n";

    [Fact]
    public void Parse_TlsSecret_DecodesBothEntries()
    {
        var result = Manifest.Read(Secret($"data:\n  tls.crt: {Base64("cert")}\n  tls.key: {Base64("key")}"));

        Assert.Empty(result.Diagnostics);
        var secret = Assert.Single(result.Snapshot.Secrets);
        Assert.Equal(("kubernetes.io/tls", "cert", "key"), (secret.Type, secret.CertificatePem, secret.KeyPem));
        Assert.Equal("Secret/shop/cert", secret.ToString());
    }

    [Fact]
    public void Parse_SecretOfAuthorities_IsReadWithItsRevocationLists()
    {
        var result = Manifest.Read(Secret($"data:\n  ca.crt: {Base64("authority")}\n  ca.crl: {Base64("list")}", type: "Opaque"));

        Assert.Empty(result.Diagnostics);
        var secret = Assert.Single(result.Snapshot.Secrets);
        Assert.Equal(("authority", "list"), (secret.AuthoritiesPem, secret.RevocationListsPem));
    }

    // Without a list nothing is revoked, so one that is there and cannot be read must not look like none.
    [Fact]
    public void Parse_UnreadableRevocationList_IsNotTakenForNone()
    {
        var secret = Assert.Single(Manifest.Read(Secret($"data:\n  ca.crt: {Base64("authority")}\n  ca.crl: '*'", type: "Opaque")).Snapshot.Secrets);

        Assert.Equal("", secret.RevocationListsPem);
    }

    [Fact]
    public void Parse_FoldedBase64_IsDecoded()
    {
        var encoded = Base64(new string('x', 100));

        var secret = Assert.Single(Manifest.Read(Secret($"data:\n  tls.crt: |\n    {encoded[..60]}\n    {encoded[60..]}")).Snapshot.Secrets);

        Assert.Equal(new string('x', 100), secret.CertificatePem);
    }

    [Fact]
    public void Parse_SecretWithAnythingForAName_IsRefusedWithoutSayingIt()
    {
        var result = Manifest.Read($"apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n  name: cert\n    {Sentinel.ToUpperInvariant()}\n");

        Assert.Empty(result.Snapshot.Secrets);
        Assert.Equal(("INGR103", "metadata.name"), (Assert.Single(result.Diagnostics).Id, result.Diagnostics[0].Field));
        Assert.DoesNotContain(Sentinel, result.Diagnostics[0].ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Parse_StringData_GoesBeforeData()
    {
        var secret = Assert.Single(Manifest.Read(Secret(
            $"data: {{tls.crt: {Base64("old")}, tls.key: {Base64("key")}}}\nstringData: {{tls.crt: new}}", type: "Opaque")).Snapshot.Secrets);

        Assert.Equal(("Opaque", "new", "key"), (secret.Type, secret.CertificatePem, secret.KeyPem));
    }

    [Theory]
    [InlineData("data: {}")]
    [InlineData("")]
    [InlineData("data:")]
    public void Parse_TlsSecretWithoutEntries_IsKeptForTheCompilerToReport(string fields)
    {
        var result = Manifest.Read(Secret(fields));

        Assert.Empty(result.Diagnostics);
        var secret = Assert.Single(result.Snapshot.Secrets);
        Assert.Equal((null, null), (secret.CertificatePem, secret.KeyPem));
    }

    [Fact]
    public void Parse_EntryThatIsNotBase64_IsReportedAndKeptWithoutIt()
    {
        var result = Manifest.Read(Secret($"data:\n  tls.crt: {Base64("cert")}\n  tls.key: '{Sentinel}!'"));

        Assert.Equal(["INGR103 data[tls.key] 7"], Manifest.Summary(result));
        var secret = Assert.Single(result.Snapshot.Secrets);
        Assert.Equal(("cert", null), (secret.CertificatePem, secret.KeyPem));
    }

    // The base64 of the API server: line breaks are skipped, and nothing else is.
    [Theory]
    [InlineData("Y2Vyd A==")]
    [InlineData("Y2VydA")]
    [InlineData("Y2VydA=")]
    [InlineData("Y2VydA==x")]
    [InlineData("Y2VydA==Y2VydA==")]
    [InlineData("Y2V-dA==")]
    [InlineData(" Y2VydA==")]
    [InlineData("Y2VydA== ")]
    [InlineData("Y2Vy\\tdA==")]
    public void Parse_Base64ThatTheApiServerRefuses_IsReported(string encoded)
        => Assert.Equal(["INGR103 data[tls.crt] 6"], Manifest.Summary(Manifest.Read(Secret($"data:\n  tls.crt: \"{encoded}\""))));

    // The API server stores nothing of such a Secret, so its certificate counts for nothing.
    [Theory]
    [InlineData("data: {tls.crt: Y2VydA==, tls.key: a2V5, other: '*'}", "INGR103 data 5", "INGR155 data 5")]
    [InlineData("data: {tls.crt: Y2VydA==, tls.key: a2V5, ca.crl: '*'}", "INGR103 data[ca.crl] 5")]
    [InlineData("data: {tls.crt: Y2VydA==, tls.key: a2V5, 'a b': ''}", "INGR155 data 5", "INGR103 data 5")]
    [InlineData("data: {tls.crt: Y2VydA==, tls.key: a2V5}\nstringData: {..a: ''}", "INGR155 stringData 6", "INGR103 stringData 6")]
    public void Parse_AnyEntryThatTheApiServerRefuses_LeavesNoKey(string fields, params string[] expected)
    {
        var result = Manifest.Read(Secret(fields));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Manifest.Summary(result).Order(StringComparer.Ordinal));
        Assert.Null(Assert.Single(result.Snapshot.Secrets).KeyPem);
    }

    [Fact]
    public void Parse_OverAMebibyte_LeavesNoKey()
    {
        var result = Manifest.Read(Secret($"stringData: {{tls.key: key, tls.crt: {new string('a', (1024 * 1024) - 2)}}}"));

        Assert.Equal("INGR103", Assert.Single(result.Diagnostics).Id);
        Assert.Null(Assert.Single(result.Snapshot.Secrets).KeyPem);
    }

    [Fact]
    public void Parse_EntryOfAnotherName_IsReportedWithoutItsName()
    {
        var result = Manifest.Read(Secret($"data: {{tls.crt: Y2VydA==, tls.key: a2V5, {Sentinel}: a2V5}}"));

        Assert.Equal(["INGR155 data 5"], Manifest.Summary(result));
        Assert.DoesNotContain(Sentinel, result.Diagnostics[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("key", Assert.Single(result.Snapshot.Secrets).KeyPem);
    }

    [Theory]
    [InlineData("kubernetes.io/dockerconfigjson", "data: {.dockerconfigjson: e30=}", ".dockerconfigjson", "{}")]
    [InlineData("Opaque", "data: {auth: b2xk}\nstringData: {auth: 'new'}", "auth", "new")]
    [InlineData("Opaque", "data: {a: b2xk, auth: ''}", "auth", "")]
    public void Parse_OtherSecret_IsReadWithoutAWord(string type, string fields, string key, string value)
    {
        var result = Manifest.Read(Secret(fields, type));

        Assert.Empty(result.Diagnostics);
        var secret = Assert.Single(result.Snapshot.Secrets);
        Assert.Equal(type, secret.Type);
        Assert.Equal(value, Encoding.UTF8.GetString(secret.Data[key].Span));
        Assert.Equal("Secret/shop/cert", secret.ToString());
    }

    // Nothing is said of it unless something refers to it, and that finds the entry missing.
    [Theory]
    [InlineData("Opaque", "data: {auth: a, other: b2xk}")]
    [InlineData("Opaque", "data: {'a b': b2xk, auth: b2xk}")]
    public void Parse_OtherSecretThatIsRefused_HasNoEntryOfItsOwn(string type, string fields)
    {
        var result = Manifest.Read(Secret(fields, type));

        Assert.Empty(result.Diagnostics);
        Assert.DoesNotContain("auth", Assert.Single(result.Snapshot.Secrets).Data.Keys);
    }

    [Theory]
    [InlineData("Opaque", "data: {password: 1}")]
    [InlineData("Opaque", "stringData: [a]")]
    public void Parse_OtherSecretOfWrongTypes_IsNotRead(string type, string fields)
    {
        var result = Manifest.Read(Secret(fields, type));

        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.Snapshot.Secrets);
    }

    [Theory]
    [InlineData("data: {tls.crt: !!binary '{0}'}")]
    [InlineData("data: {tls.crt: '{0}'}")]
    [InlineData("data: {tls.crt: [{0}]}")]
    [InlineData("data: '{0}'")]
    [InlineData("data: {tls.crt: *{0}}")]
    [InlineData("data: {tls.crt: &{0} [*{0}]}")]
    [InlineData("data: {tls.crt: '{0}")]
    [InlineData("data: {tls.crt: {0}: {0}: {0}")]
    [InlineData("data: {tls.crt: !{0} x, tls.crt: !!int {0}}")]
    [InlineData("data: {tls.crt: \"\\q{0}\"}")]
    [InlineData("stringData:\n  tls.key: |\n  {0}\n {0}")]
    [InlineData("stringData:\n  tls.crt: 1\n  tls.key: {0}\n  tls.key: {0}")]
    [InlineData("data: {tls.crt: @{0}}")]
    [InlineData("data: {tls.crt: %{0}}")]
    public void Parse_DamagedSecret_SaysNothingOfItsContent(string fields)
    {
        foreach (var text in new[] { Secret(fields), $"{{\"kind\": \"Secret\", \"apiVersion\": \"v1\", \"data\": {{\"tls.crt\": {Sentinel}}}}}" })
        {
            var result = Manifest.Read(text.Replace("{0}", Sentinel, StringComparison.Ordinal));

            Assert.NotEmpty(result.Diagnostics);
            Assert.All(result.Diagnostics, static diagnostic => Assert.DoesNotContain(Sentinel, diagnostic.ToString(), StringComparison.Ordinal));
        }
    }
}
