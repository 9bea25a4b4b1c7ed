using Ingress.Routing.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore.Tests.Connections;

public sealed class ConnectionBudgetTests
{
    [Theory]
    [InlineData(1024, 244, null, null, 342, 341)]
    [InlineData(1024, 244, 10, null, 10, 673)]
    [InlineData(1024, 244, null, 10, 673, 10)]
    [InlineData(1024, 244, 9_999, 9_999, 342, 341)]
    [InlineData(20_000, 244, null, null, 9_750, 9_750)]
    [InlineData(256, 244, null, null, 3, 3)]
    [InlineData(256, 256, null, null, 1, 1)]
    [InlineData(256, 300, null, null, 1, 1)]
    public void Shares_OfWhatIsLeft_AreHalvesUnlessSaidOtherwise(int limit, int open, int? clients, int? backends, int expectedClients, int expectedBackends)
    {
        var budget = Budget(new(limit, open), clients, backends);

        Assert.Equal((expectedClients, expectedBackends), (budget.MaxClientConnections, budget.MaxBackendConnections));
    }

    [Fact]
    public void Shares_WithoutALimit_AreWhatTheOptionsSay()
    {
        var budget = Budget(new(null, 100), 5, null);

        Assert.Equal((5, int.MaxValue), (budget.MaxClientConnections, budget.MaxBackendConnections));
    }

    [Fact]
    public void Shares_ConnectionsAreOpen_DoNotCountTwice()
    {
        var files = new Files(1024, 244);
        var budget = Budget(files, null, null);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(budget.TryAddBackendConnection());
            files.Open++;
        }

        Assert.Equal((342, 341), (budget.MaxClientConnections, budget.MaxBackendConnections));
    }

    [Fact]
    public void TryAddBackendConnection_NoRoom_IsFalseUntilOneLeaves()
    {
        var budget = Budget(new(1024, 244), null, 1);

        Assert.True(budget.TryAddBackendConnection());
        Assert.False(budget.TryAddBackendConnection());
        budget.RemoveBackendConnection();
        Assert.True(budget.TryAddBackendConnection());
        Assert.Equal(1, budget.BackendConnections);
    }

    [Fact]
    public void OpenFiles_OfThisProcess_AreFewerThanTheLimit()
    {
        var files = new OpenFiles();

        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(files.Count()!.Value, 10, files.Limit ?? int.MaxValue);
        }
        else if (OperatingSystem.IsWindows())
        {
            Assert.Equal((null, null), (files.Count(), files.Limit));
        }
    }

    private static ConnectionBudget Budget(Files files, int? clients, int? backends)
        => new(new IngressConnectionOptions { MaxClientConnections = clients, MaxBackendConnections = backends }, files, TimeProvider.System);

    private sealed class Files(int? limit, int open) : IOpenFiles
    {
        public int Open { get; set; } = open;

        public int? Limit => limit;

        public int? Count() => Open;
    }
}
