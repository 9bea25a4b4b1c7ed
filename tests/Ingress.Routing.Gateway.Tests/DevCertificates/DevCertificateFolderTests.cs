using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Gateway.Tests.DevCertificates;

public sealed class DevCertificateFolderTests : IDisposable
{
    private readonly ManifestFolder _parent = new();
    private readonly DevCertificateFolder _folder;

    public DevCertificateFolderTests()
    {
        _folder = new(Root);
    }

    private string Root => Path.Combine(_parent.Path, "dev-certificates");

    private string Authority => Path.GetDirectoryName(_folder.KeyPath)!;

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void Open_FirstTime_MakesACaThatCanOnlySignForHosts()
    {
        Open();

        using var ca = X509CertificateLoader.LoadCertificateFromFile(_folder.CertificatePath);
        Assert.Matches(@"^CN=ingress-gateway development CA \([0-9a-f]{8}\)$", ca.Subject);
        Assert.Equal(ca.Subject, ca.Issuer);
        var constraints = Assert.Single(ca.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.Equal((true, true, true, 0), (
            constraints.Critical, constraints.CertificateAuthority, constraints.HasPathLengthConstraint, constraints.PathLengthConstraint));
        Assert.Equal(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            Assert.Single(ca.Extensions.OfType<X509KeyUsageExtension>()).KeyUsages);
        Assert.Single(ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>());
        Assert.InRange(ca.NotAfter - ca.NotBefore, TimeSpan.FromDays(365), TimeSpan.FromDays(3660));
        using var key = ca.GetECDsaPublicKey();
        Assert.Equal("1.2.840.10045.3.1.7", key!.ExportParameters(false).Curve.Oid.Value); // P-256
    }

    [Fact]
    public void Open_FirstTime_LeavesNothingThatOthersCanRead()
    {
        Open();

        Assert.Equal(["authority"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName));
        Assert.Equal(["ca.key", "ca.pem"], Directory.EnumerateFileSystemEntries(Authority).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Root));
            Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Authority));
            Assert.Equal(OwnerFile, File.GetUnixFileMode(_folder.KeyPath));
        }
    }

    [Fact]
    public void Open_Again_FindsTheSameCa()
    {
        Open();
        var (certificate, key) = Files();

        Open();

        Assert.Equal((certificate, key), Files());
    }

    [Fact]
    public async Task Open_ManyAtOnce_AgreeOnOneCa()
    {
        using var start = new Barrier(8);
        var opening = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var folder = new DevCertificateFolder(Root);
                start.SignalAndWait(TimeSpan.FromSeconds(30));
                using var authority = folder.Open(TimeProvider.System);
                using var issued = authority.Issue(DevCertificateName.ForHost("a.test")!, DateTimeOffset.UtcNow);
                return issued.Issuer;
            },
            TaskCreationOptions.LongRunning));

        var issuers = await Task.WhenAll(opening);

        using var ca = X509CertificateLoader.LoadCertificateFromFile(_folder.CertificatePath);
        Assert.Equal([ca.Subject], issuers.Distinct());
        Assert.Equal(["authority"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("ca.pem", "")]
    [InlineData("ca.key", "")]
    [InlineData("ca.pem", "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n")]
    [InlineData("ca.key", "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n")]
    public void Open_Damaged_NamesTheFilesAndLeavesThemAlone(string file, string text)
    {
        Open();
        File.WriteAllText(Path.Combine(Authority, file), text);

        AssertRefused("hold no certificate with its key");
        Assert.Equal(text, File.ReadAllText(Path.Combine(Authority, file)));
    }

    [Fact]
    public void Open_KeyOfAnotherCa_IsRefused()
    {
        Open();
        var other = new DevCertificateFolder(Path.Combine(_parent.Path, "other"));
        other.Open(TimeProvider.System).Dispose();
        File.Copy(other.KeyPath, _folder.KeyPath, overwrite: true);

        AssertRefused("hold no certificate with its key");
    }

    [Fact]
    public void Open_CertificateOfASite_IsRefused()
    {
        Open();
        var site = TestCertificates.Secret("any/site", "a.test");
        File.WriteAllText(_folder.CertificatePath, site.CertificatePem);
        File.WriteAllText(_folder.KeyPath, site.KeyPem);

        AssertRefused("something else");
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("ca.key")]
    public void Open_OneFileMissing_IsRefused(string file)
    {
        Open();
        File.Delete(Path.Combine(Authority, file));

        AssertRefused($"{file}' is missing");
        Assert.Single(Directory.EnumerateFileSystemEntries(Authority));
    }

    [Fact]
    public void Open_BothFilesRemoved_MakesANewCa()
    {
        Open();
        var (certificate, _) = Files();
        File.Delete(_folder.CertificatePath);
        File.Delete(_folder.KeyPath);

        Open();

        Assert.NotEqual(certificate, Files().Certificate);
    }

    [Fact]
    public void Open_OutsideItsValidity_IsRefused()
    {
        Open();

        AssertRefused("expired", new FakeTimeProvider(DateTimeOffset.UtcNow.AddYears(10).AddDays(1)));
        AssertRefused("clock", new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-2)));
        Open();
    }

    [Theory]
    [InlineData("dev-certificates", "777", "chmod 700")]
    [InlineData("dev-certificates/authority", "750", "chmod 700")]
    [InlineData("dev-certificates/authority/ca.key", "640", "chmod 600")]
    public void Open_OpenToOthers_IsRefusedAndNotTightened(string entry, string mode, string remedy)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Open();
        var path = Path.Combine(_parent.Path, entry);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));

        var failure = Assert.Throws<DevCertificateException>(() => _folder.Open(TimeProvider.System));

        Assert.Contains($"'{path}' is open to other users (mode 0{mode})", failure.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failure.Message, StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)Convert.ToInt32(mode, 8), File.GetUnixFileMode(path));
    }

    [Fact]
    public void Open_FolderThatOthersCanWriteTo_GetsNoCa()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(Root);
        File.SetUnixFileMode(Root, (UnixFileMode)Convert.ToInt32("775", 8));

        Assert.Throws<DevCertificateException>(() => _folder.Open(TimeProvider.System));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Root));
    }

    [Fact]
    public void Open_FolderThatCannotBeMade_SaysWhy()
    {
        var file = _parent.Write("file", "");

        var failure = Assert.Throws<DevCertificateException>(
            () => new DevCertificateFolder(Path.Combine(file, "dev-certificates")).Open(TimeProvider.System));

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UserWithoutDataFolder_IsToldToNameOne()
    {
        var failure = Assert.Throws<DevCertificateException>(
            () => new DevCertificateFolder(Path.Combine("ingress-gateway", "dev-certificates")).Open(TimeProvider.System));

        Assert.Contains("--dev-certificates-folder", failure.Message, StringComparison.Ordinal);
    }

    private void Open() => _folder.Open(TimeProvider.System).Dispose();

    private (string Certificate, string Key) Files() => (File.ReadAllText(_folder.CertificatePath), File.ReadAllText(_folder.KeyPath));

    private void AssertRefused(string problem, TimeProvider? time = null)
    {
        var failure = Assert.Throws<DevCertificateException>(() => _folder.Open(time ?? TimeProvider.System));

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.CertificatePath, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.KeyPath, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"delete '{Authority}'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", failure.ToString(), StringComparison.Ordinal);
    }
}
