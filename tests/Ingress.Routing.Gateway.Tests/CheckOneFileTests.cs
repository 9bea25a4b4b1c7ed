namespace Ingress.Routing.Gateway.Tests;

/// <summary>What <c>check</c> says of a file that holds an Ingress and nothing else, as most published files do.</summary>
public sealed class CheckOneFileTests : IDisposable
{
    private const string CertManager = "  annotations: { cert-manager.io/cluster-issuer: letsencrypt }\n";

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ingress_Alone_IsFineAndSaysOnceWhatWasNotChecked()
    {
        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", WithTls()), "--fail-on", "warning");

        Assert.Equal(
            """
            1 Ingress, 0 errors, 0 warnings
            Not checked: Services (none given), Secrets (none given). --strict reports what is missing all the same.

            """.ReplaceLineEndings(Environment.NewLine),
            result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Ingress_Alone_Strict_ReportsEverything()
    {
        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", WithTls()), "--strict", "--fail-on", "warning");

        Assert.Contains("INGR070", result.Output, StringComparison.Ordinal);
        Assert.Contains("INGR090", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Not checked", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Ingress_OfAnotherGroup_IsToldFromThoseThatAreRead()
    {
        const string Text = "apiVersion: config.openshift.io/v1\nkind: Ingress\nmetadata: { name: cluster }\n";

        var result = await Cli.RunAsync("check", _folder.Write("cluster.yaml", Text));

        Assert.Contains("Passed over, as no part of Ingress routing: Ingress of another API group.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_WithItsPathsInTheWrongPlace_IsReportedOnce()
    {
        const string Text =
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec:\n  rules:\n  - host: shop.example.test\n"
            + "    paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }]\n";

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", Text));

        Assert.Contains("INGR104", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 Ingress, 1 error, 0 warnings", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_Strict_IsTheOption()
    {
        var settings = _folder.Write("settings.txt", "{ \"strict\": true }");

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", WithTls()), "--config", settings);

        Assert.Contains("INGR090", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingress_BesideServicesOfItsNamespace_HasItsBackendsJudged()
    {
        var text = ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "127.0.0.1", 5000);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", text));

        Assert.Contains("There is no Service 'shop/probe'.", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 Ingress, 0 errors, 1 warning", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingress_BesideServicesOfAnotherNamespace_HasThemNot()
    {
        var text = ManifestText.Shop() + ManifestText.Service("other", "web", 80, "127.0.0.1", 5000);

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", text));

        Assert.DoesNotContain("INGR090", result.Output, StringComparison.Ordinal);
        Assert.Contains("Not checked: Services (none given).", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WithoutSlices_IsNotSaidToHaveNoEndpoints()
    {
        var text = ManifestText.Shop() + "---\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n";

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", text));

        Assert.DoesNotContain("INGR092", result.Output, StringComparison.Ordinal);
        Assert.Contains("Not checked: endpoints (no EndpointSlices given).", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(CertManager, false)]
    [InlineData("  annotations: { kubernetes.io/tls-acme: \"true\" }\n", false)]
    [InlineData("  annotations: { kubernetes.io/tls-acme: \"false\" }\n", true)]
    public async Task Secret_WhereOthersAreGiven_IsMissedUnlessAnnounced(string annotations, bool isMissed)
    {
        var secret = "---\napiVersion: v1\nkind: Secret\nmetadata: { name: other, namespace: shop }\ntype: kubernetes.io/tls\ndata: { tls.crt: \"\", tls.key: \"\" }\n";
        var text = WithTls().Replace("  namespace: shop\n", "  namespace: shop\n" + annotations, StringComparison.Ordinal) + secret;

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", text));

        Assert.Equal(isMissed, result.Output.Contains("There is no Secret 'shop/shop-tls'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secret_ThatASealedSecretMakes_IsNotMissed()
    {
        var sealedSecret = "---\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: shop-tls, namespace: shop }\n";
        var secret = "---\napiVersion: v1\nkind: Secret\nmetadata: { name: other, namespace: shop }\ntype: kubernetes.io/tls\ndata: { tls.crt: \"\", tls.key: \"\" }\n";

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", WithTls() + secret + sealedSecret));

        Assert.DoesNotContain("INGR070", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_KeepsNotesOutOfTheResult()
    {
        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop()), "--format", "json");

        Assert.Equal("[]", result.Output.Trim());
        Assert.StartsWith("Not checked: Services", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "holds comments alone")]
    [InlineData("# nothing yet\n---\n", "holds comments alone")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n", "only Service.")]
    [InlineData("apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: web }\n", "Passed over, as no part of Ingress routing: IngressRoute.")]
    public async Task NoIngress_IsSaid(string text, string expected)
    {
        var result = await Cli.RunAsync("check", _folder.Write("other.yaml", text));

        Assert.Contains("No Ingress was found", result.Output, StringComparison.Ordinal);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task OtherKinds_AreCountedOnOneLine()
    {
        var other = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: a }\n";

        var result = await Cli.RunAsync("check", _folder.Write("shop.yaml", ManifestText.Shop() + other + other));

        Assert.Contains("Passed over, as no part of Ingress routing: Deployment (2), Pod (2).", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("INGR101", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HiddenFolder_WithTheOnlyManifests_IsNamed()
    {
        _folder.Write(".k8s/shop.yaml", ManifestText.Shop());

        var result = await Cli.RunAsync("check", _folder.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Names that begin with a dot are passed over: {Path.Combine(_folder.Path, ".k8s")}.", result.Error, StringComparison.Ordinal);
    }

    private static string WithTls()
        => ManifestText.Shop().ReplaceLineEndings("\n").Replace(
            "spec:\n", "spec:\n  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]\n", StringComparison.Ordinal);
}
