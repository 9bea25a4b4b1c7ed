using System.CommandLine;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.Tests.DevCertificates;

public sealed class DevCertificateOptionTests
{
    [Theory]
    [InlineData("", "127.0.0.1:8080", "")]
    [InlineData("--dev-certificates", "127.0.0.1:8080", "127.0.0.1:8443")]
    [InlineData("--dev-certificates --http 8081", "8081", "127.0.0.1:8443")]
    [InlineData("--dev-certificates --https 8444", "", "8444")]
    [InlineData("--dev-certificates-folder d", "127.0.0.1:8080", "127.0.0.1:8443")]
    public void Read_DevCertificates_ListensWithTlsToo(string options, string http, string https)
    {
        var settings = Read(options);

        Assert.Equal(http, string.Join(' ', settings.Http.Select(address => address.Text)));
        Assert.Equal(https, string.Join(' ', settings.Https.Select(address => address.Text)));
    }

    [Fact]
    public void Read_DevCertificates_AreKeptInTheFolderOfTheUserOrTheOneNamed()
    {
        Assert.Null(Read("").DevCertificatesFolder);
        Assert.Equal(DevCertificateFolder.DefaultPath, Read("--dev-certificates").DevCertificatesFolder);
        Assert.Equal(Path.GetFullPath("d"), Read("--dev-certificates --dev-certificates-folder d").DevCertificatesFolder);
        Assert.EndsWith(Path.Combine("ingress-gateway", "dev-certificates"), DevCertificateFolder.DefaultPath, StringComparison.Ordinal);
    }

    private static RunSettings Read(string text)
    {
        var options = new RunOptions();
        var command = new Command("run");
        options.AddTo(command);
        return options.Read(command.Parse("--manifests . " + text));
    }
}
