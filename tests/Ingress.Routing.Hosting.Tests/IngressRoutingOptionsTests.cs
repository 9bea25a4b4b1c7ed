using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Hosting.Tests;

public sealed class IngressRoutingOptionsTests
{
    [Theory]
    [InlineData("example.com/ingress")]
    [InlineData("k8s.io/ingress-nginx")]
    [InlineData("example.com/a/b~c%2F")]
    public void Validate_ControllerName_Accepts(string name) => Assert.Null(Failure(options => options.ControllerName = name));

    [Theory]
    [InlineData("")]
    [InlineData("ingress")]
    [InlineData("example.com/")]
    [InlineData("/ingress")]
    [InlineData("Example.com/ingress")]
    [InlineData("example.com/in gress")]
    [InlineData("example.com/ingress\n")]
    public void Validate_ControllerName_NamesTheSetting(string name)
        => Assert.StartsWith("ControllerName is ", Failure(options => options.ControllerName = name), StringComparison.Ordinal);

    [Fact]
    public void Validate_ControllerNameOf251Characters_Fails()
    {
        Assert.Null(Failure(options => options.ControllerName = "example.com/" + new string('x', 238)));
        Assert.NotNull(Failure(options => options.ControllerName = "example.com/" + new string('x', 239)));
    }

    [Theory]
    [InlineData("shop/web:80")]
    [InlineData("shop/web:http")]
    [InlineData("team-1/w-1:65535")]
    [InlineData("shop/web:1a")]
    public void Validate_DefaultBackend_Accepts(string backend) => Assert.Null(Failure(options => options.DefaultBackend = backend));

    [Theory]
    [InlineData("")]
    [InlineData("web:80")]
    [InlineData("shop/web")]
    [InlineData("shop/web:")]
    [InlineData("shop/web:0")]
    [InlineData("shop/web:65536")]
    [InlineData("shop/web:+80")]
    [InlineData("shop/web:http--x")]
    [InlineData("shop/web:-http")]
    [InlineData("shop/web:a-name-too-long-16")]
    [InlineData("shop/1web:80")]
    [InlineData("Shop/web:80")]
    [InlineData("shop.x/web:80")]
    [InlineData("a/b/c:80")]
    [InlineData("shop/web:80\n")]
    public void Validate_DefaultBackend_NamesTheSetting(string backend)
        => Assert.StartsWith("DefaultBackend is ", Failure(options => options.DefaultBackend = backend), StringComparison.Ordinal);

    [Theory]
    [InlineData("shop/tls")]
    [InlineData("shop/1.tls.example")]
    public void Validate_DefaultCertificate_Accepts(string secret) => Assert.Null(Failure(options => options.DefaultCertificate = secret));

    [Theory]
    [InlineData("tls")]
    [InlineData("shop/")]
    [InlineData("shop/TLS")]
    [InlineData("shop/tls.")]
    [InlineData("a/b/c")]
    public void Validate_DefaultCertificate_NamesTheSetting(string secret)
        => Assert.StartsWith("DefaultCertificate is ", Failure(options => options.DefaultCertificate = secret), StringComparison.Ordinal);

    [Theory]
    [InlineData("00:00:00", true)]
    [InlineData("00:01:00", true)]
    [InlineData("00:01:00.001", false)]
    [InlineData("-00:00:00.001", false)]
    public void Validate_ReloadDelay_FromZeroToOneMinute(string delay, bool isValid)
    {
        var failure = Failure(options => options.ReloadDelay = TimeSpan.Parse(delay, null));

        Assert.Equal(isValid, failure is null);
        Assert.True(failure is null || failure.StartsWith("ReloadDelay is ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("*.Example.com", true)]
    [InlineData("*", false)]
    [InlineData("a.*.com", false)]
    [InlineData("192.0.2.5", false)]
    [InlineData("*.2.3.4", false)]
    [InlineData("example.com.", false)]
    public void Validate_HostTls_TakesHosts(string host, bool isValid)
        => Assert.Equal(isValid, Failure(options => options.HostTls[host] = TlsSettings.None) is null);

    [Theory]
    [InlineData("gw.example.com", true)]
    [InlineData("Gw.example.com", false)]
    [InlineData("gw/", false)]
    [InlineData("", false)]
    public void Validate_AnnotationPrefix_IsALowerCaseName(string prefix, bool isValid)
        => Assert.Equal(isValid, Failure(options => options.AnnotationPrefix = prefix) is null);

    [Theory]
    [InlineData(ClientCertificateMode.Require, null, null, false)]
    [InlineData(ClientCertificateMode.Optional, null, null, false)]
    [InlineData(ClientCertificateMode.Report, null, null, true)]
    [InlineData(ClientCertificateMode.None, null, null, true)]
    [InlineData(ClientCertificateMode.None, "pem", null, false)]
    [InlineData(ClientCertificateMode.Require, "pem", "list", true)]
    [InlineData((ClientCertificateMode)9, "pem", null, false)]
    public void Validate_ClientCertificates_NeedAuthorities(ClientCertificateMode mode, string? authorities, string? lists, bool isValid)
    {
        var settings = new ClientCertificateSettings { Mode = mode, AuthoritiesPem = authorities, RevocationListsPem = lists };

        Assert.Equal(isValid, Failure(options => options.Tls = new() { ClientCertificates = settings }) is null);
    }

    [Theory]
    [InlineData("pem", null)]
    [InlineData(null, "list")]
    public void Validate_AuthoritiesOfASecretAndOthers_CannotBothCount(string? authorities, string? lists)
    {
        var settings = new ClientCertificateSettings
        {
            Mode = ClientCertificateMode.Require,
            AuthoritiesSecret = new("infra", "ca"),
            AuthoritiesPem = authorities,
            RevocationListsPem = lists,
        };

        Assert.NotNull(Failure(options => options.Tls = new() { ClientCertificates = settings }));
    }

    [Fact]
    public void Validate_TlsThatNobodyCanSpeak_Fails()
        => Assert.NotNull(Failure(options => options.HostTls["a.test"] = new()
        {
            MinimumVersion = TlsVersion.Tls13,
            CipherSuites = [System.Net.Security.TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256],
        }));

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void Validate_HttpsPort_IsAPort(int port) => Assert.NotNull(Failure(options => options.HttpsPort = port));

    [Fact]
    public void Validate_HostSharing_MustBeDefined()
        => Assert.StartsWith("HostSharing is ", Failure(options => options.HostSharing = (HostSharing)7), StringComparison.Ordinal);

    [Fact]
    public void ValidateOnStart_SeveralWrongSettings_ReportsAll()
    {
        var services = new ServiceCollection();
        services.AddIngressRouting(options =>
        {
            options.ControllerName = "nonsense";
            options.DefaultCertificate = "nonsense";
        });
        using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(2, failure.Failures.Count());
    }

    [Fact]
    public void Create_AllSettings_ReachTheCompiler()
    {
        var options = new IngressRoutingOptions
        {
            ControllerName = "example.com/ingress",
            DefaultBackend = "shop/web:http",
            DefaultCertificate = "shop/tls",
            HostSharing = HostSharing.OldestNamespaceOnly,
            RejectEncodedSeparators = true,
            KeepSlashes = true,
            AllowLoopbackDestinations = true,
        };
        options.ResourceKinds.Add(new("example.com", "Bucket"));

        var compiled = RouteTableOptionsFactory.Create(options);

        Assert.Equal("example.com/ingress", compiled.ControllerName);
        Assert.Equal("shop/web:http", compiled.DefaultBackend?.ToString());
        Assert.Null(compiled.DefaultBackend?.Port.Number);
        Assert.Equal(new NamespacedName("shop", "tls"), compiled.DefaultCertificate);
        Assert.Equal(HostSharing.OldestNamespaceOnly, compiled.HostSharing);
        Assert.True(compiled.RejectEncodedSeparators);
        Assert.True(compiled.KeepSlashes);
        Assert.True(compiled.AllowLoopbackDestinations);
        Assert.Equal([new ResourceKind("example.com", "Bucket")], compiled.ResourceKinds);
        Assert.Equal(80, RouteTableOptionsFactory.Create(new() { DefaultBackend = "shop/web:80" }).DefaultBackend?.Port.Number);
    }

    private static string? Failure(Action<IngressRoutingOptions> configure)
    {
        var options = new IngressRoutingOptions();
        configure(options);
        return new IngressRoutingOptionsValidator().Validate(null, options).Failures?.Single();
    }
}
