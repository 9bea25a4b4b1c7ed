using Ingress.Routing.Acme.Tests.Ca;
using Ingress.Routing.Acme.Tests.Support;

namespace Ingress.Routing.Acme.Tests;

/// <summary>What is kept, by whom it can be read, and what happens when it is damaged.</summary>
public sealed class StorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folder_AndFiles_AreOpenToTheirOwnerAlone()
    {
        await using var ca = await TestCa.StartAsync();
        var folder = Path.Combine(_folder.Path, "deeper", "acme");
        await using var site = await AcmeSite.StartAsync(ca, folder, AcmeSite.Hosts("shop.example.test"));
        await site.WaitForAsync("shop.example.test");

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal("700", Mode(folder));
        Assert.All(Directory.GetDirectories(folder), static path => Assert.Equal("700", Mode(path)));
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.True(files.Length >= 4);
        Assert.All(files, static path => Assert.Equal("600", Mode(path)));
    }

    [Fact]
    public async Task Folder_AnyoneCanWriteTo_EndsTheStart()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var ca = await TestCa.StartAsync();
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);

        var failure = await Assert.ThrowsAsync<AcmeStorageException>(() => AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("shop.example.test")));

        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("chmod 700", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"names\":[\"a.example.test\"]}")]
    [InlineData("cut")]
    public async Task DamagedCertificate_IsReportedAndOrderedAnew_TheRestIsUsed(string content)
    {
        await using var ca = await TestCa.StartAsync();
        await using (var first = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("a.example.test", "b.example.test")))
        {
            await first.WaitForAsync("a.example.test", "b.example.test");
        }

        var file = Path.Combine(_folder.Path, "certificates", "a.example.test.json");
        await File.WriteAllTextAsync(file, content == "cut" ? (await File.ReadAllTextAsync(file))[..400] : content);
        ca.Refuse = static path => path == "new-order" ? new(503, "serverInternal", "wait") : null;
        await using var second = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("a.example.test", "b.example.test"));

        using var served = await second.HandshakeAsync("b.example.test");
        await Eventually.TrueAsync(() => second.Diagnostics.Any(
            static diagnostic => diagnostic.Id == "INGR220" && diagnostic.Message.Contains("'a.example.test' is damaged", StringComparison.Ordinal)));
        ca.Refuse = static _ => null;
        await second.WaitForAsync("a.example.test");
        Assert.Equal(3, ca.Orders.Count);
    }

    [Fact]
    public async Task SecondProcess_OrdersNothing_ServesWhatIsThere_AndTakesOver()
    {
        await using var ca = await TestCa.StartAsync();
        ca.ValidationDelay = TimeSpan.FromSeconds(1);
        var first = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("a.example.test", "b.example.test"));
        await using var second = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("a.example.test", "b.example.test", "c.example.test"));

        // The CA asks the second one, since that was started last: it answers for the first.
        await second.WaitForAsync("a.example.test", "b.example.test");
        using var served = await second.HandshakeAsync("a.example.test");
        Assert.Equal(2, ca.Orders.Count);

        await first.DisposeAsync();
        await second.WaitForAsync("c.example.test");
        Assert.Equal(3, ca.Orders.Count);
        Assert.Single(ca.Accounts);
    }

    private static string Mode(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
