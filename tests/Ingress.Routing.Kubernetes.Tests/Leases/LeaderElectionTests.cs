using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Leases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Kubernetes.Tests.Leases;

public sealed class LeaderElectionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 28, 5, 0, 0, TimeSpan.Zero));
    private readonly LeaseServer _server = new();

    [Fact]
    public async Task TryAsync_NoLease_CreatesTheOneOfClientGo()
    {
        var (a, _) = Candidate("a");

        await a.TryAsync(default);

        Assert.True(a.IsLeader);
        Assert.Equal("gw", (string)_server.Lease!["metadata"]!["name"]!);
        Assert.Equal(
            """{"holderIdentity":"a","leaseDurationSeconds":15,"acquireTime":"2026-11-28T05:00:00.000000Z","renewTime":"2026-11-28T05:00:00.000000Z","leaseTransitions":0}""",
            _server.Spec.ToJsonString());
    }

    [Fact]
    public async Task TryAsync_ByTheLeader_RenewsWithOneRequest()
    {
        var (a, _) = Candidate("a");
        await a.TryAsync(default);
        _server.Requests.Clear();

        _time.Advance(TimeSpan.FromSeconds(2));
        await a.TryAsync(default);

        Assert.Equal(["a PUT"], _server.Requests);
        Assert.Equal("2026-11-28T05:00:02.000000Z", (string)_server.Spec["renewTime"]!);
        Assert.Equal("2026-11-28T05:00:00.000000Z", (string)_server.Spec["acquireTime"]!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task TryAsync_LeaderDied_TakesOver15SecondsAfterTheLastChangeSeen(int skewSeconds)
    {
        var (a, _) = Candidate("a");
        var (b, _) = Candidate("b", skewSeconds);
        await a.TryAsync(default);
        _time.Advance(TimeSpan.FromSeconds(4));
        await b.TryAsync(default); // sees it now, whatever the times in it are

        _time.Advance(TimeSpan.FromSeconds(14.9));
        await b.TryAsync(default);
        Assert.False(b.IsLeader);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        await b.TryAsync(default);
        Assert.True(b.IsLeader);
        Assert.Equal(1, (int)_server.Spec["leaseTransitions"]!);
        Assert.Equal("b", _server.Holder);
    }

    [Fact]
    public async Task TryAsync_LeaderRenews_NobodyTakesOver()
    {
        var (a, _) = Candidate("a");
        var (b, _) = Candidate("b", skewSeconds: 86400);
        for (var second = 0; second < 120; second += 2)
        {
            await a.TryAsync(default);
            await b.TryAsync(default);
            Assert.True(a.IsLeader);
            Assert.False(b.IsLeader);
            _time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task IsLeader_TenSecondsWithoutRenewal_EndsByItself()
    {
        var (a, way) = Candidate("a");
        await a.TryAsync(default);
        way.IsCutOff = true;

        _time.Advance(TimeSpan.FromSeconds(9.9));
        await a.TryAsync(default);
        Assert.True(a.IsLeader);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(a.IsLeader);
    }

    [Fact]
    public async Task TryAsync_ServerIsBackBeforeAnybodyTookOver_LeadsAgain()
    {
        var (a, way) = Candidate("a");
        await a.TryAsync(default);
        way.IsCutOff = true;
        _time.Advance(TimeSpan.FromMinutes(60));
        await a.TryAsync(default);
        Assert.False(a.IsLeader);

        way.IsCutOff = false;
        await a.TryAsync(default);

        Assert.True(a.IsLeader);
        Assert.Equal(0, (int)_server.Spec["leaseTransitions"]!);
    }

    [Fact]
    public async Task TryAsync_AnswersGotLost_EndsAllTheSame()
    {
        var (a, way) = Candidate("a");
        await a.TryAsync(default);
        way.LosesAnswers = true; // the Lease is renewed, and we do not know it

        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await a.TryAsync(default);
        }

        Assert.False(a.IsLeader);
        way.LosesAnswers = false;
        await a.TryAsync(default);
        Assert.True(a.IsLeader);
    }

    [Fact]
    public async Task TryAsync_SomebodyElseHoldsIt_EndsAtOnce()
    {
        var (a, _) = Candidate("a");
        await a.TryAsync(default);

        _server.Touch(static lease => lease["spec"]!["holderIdentity"] = "b");
        await a.TryAsync(default);

        Assert.False(a.IsLeader);
        Assert.Equal("b", _server.Holder);
    }

    [Fact]
    public async Task TryAsync_TwoCreateAtOnce_OneLeads()
    {
        var (a, way) = Candidate("a");
        var (b, _) = Candidate("b");
        way.Before = method =>
        {
            if (method == HttpMethod.Post)
            {
                b.TryAsync(default).GetAwaiter().GetResult();
            }
        };

        await a.TryAsync(default);

        Assert.True(b.IsLeader);
        Assert.False(a.IsLeader);
    }

    [Fact]
    public async Task TryAsync_TwoTakeOverAtOnce_OneLeads()
    {
        await Candidate("dead").Election.TryAsync(default);
        var (a, way) = Candidate("a");
        var (b, _) = Candidate("b");
        await a.TryAsync(default);
        await b.TryAsync(default);
        _time.Advance(TimeSpan.FromSeconds(15));
        way.Before = method =>
        {
            if (method == HttpMethod.Put)
            {
                way.Before = null;
                b.TryAsync(default).GetAwaiter().GetResult();
            }
        };

        await a.TryAsync(default);

        Assert.True(b.IsLeader);
        Assert.False(a.IsLeader);
        Assert.Equal(1, (int)_server.Spec["leaseTransitions"]!);
    }

    [Fact]
    public async Task TryAsync_LeaseWasDeleted_CreatesItAndGoesOnLeading()
    {
        var (a, _) = Candidate("a");
        await a.TryAsync(default);
        _server.Lease = null;

        _time.Advance(TimeSpan.FromSeconds(2));
        await a.TryAsync(default);

        Assert.True(a.IsLeader);
        Assert.Equal("a", _server.Holder);
    }

    [Fact]
    public async Task TryAsync_FieldsUnknownToUs_AreKept()
    {
        var (a, _) = Candidate("a");
        await a.TryAsync(default);
        _server.Touch(static lease =>
        {
            lease["spec"]!["strategy"] = "OldestEmulationVersion";
            lease["metadata"]!["labels"] = new JsonObject { ["team"] = "shop" };
        });

        await a.TryAsync(default);

        Assert.True(a.IsLeader);
        Assert.Equal("OldestEmulationVersion", (string)_server.Spec["strategy"]!);
        Assert.Equal("shop", (string)_server.Lease!["metadata"]!["labels"]!["team"]!);
    }

    [Fact]
    public async Task ReleaseAsync_ByTheLeader_LetsTheNextTakeItAtOnce()
    {
        var (a, _) = Candidate("a");
        var (b, _) = Candidate("b");
        await a.TryAsync(default);
        await b.TryAsync(default);

        await a.ReleaseAsync(default);
        Assert.Equal("", _server.Holder);
        Assert.Equal(1, (int)_server.Spec["leaseDurationSeconds"]!);
        Assert.False(a.IsLeader);
        await b.TryAsync(default);

        Assert.True(b.IsLeader);
        Assert.Equal(15, (int)_server.Spec["leaseDurationSeconds"]!);
        Assert.Equal(1, (int)_server.Spec["leaseTransitions"]!);
    }

    [Fact]
    public async Task ReleaseAsync_VersionIsOld_TriesOnceMore()
    {
        var (a, _) = Candidate("a");
        await a.TryAsync(default);
        _server.Touch(static lease => lease["metadata"]!["labels"] = new JsonObject { ["x"] = "y" });

        await a.ReleaseAsync(default);

        Assert.Equal("", _server.Holder);
    }

    [Fact]
    public async Task ReleaseAsync_AnotherHasJustTakenOver_CountsAnewFromThere()
    {
        var (a, _) = Candidate("a");
        var (b, _) = Candidate("b");
        await a.TryAsync(default);
        await b.TryAsync(default);
        _time.Advance(TimeSpan.FromSeconds(16));
        await b.TryAsync(default);

        await a.ReleaseAsync(default);
        await a.TryAsync(default);

        Assert.True(b.IsLeader);
        Assert.False(a.IsLeader);
    }

    [Fact]
    public async Task ReleaseAsync_LeaseOfAnother_IsLeftAlone()
    {
        var (a, _) = Candidate("a");
        var (b, _) = Candidate("b");
        await a.TryAsync(default);
        await b.TryAsync(default);

        await b.ReleaseAsync(default);

        Assert.Equal("a", _server.Holder);
    }

    [Fact]
    public async Task RunAsync_LeadershipLostAndWonAgain_LeadsAgain()
    {
        var (a, way) = Candidate("a");
        using var stopping = new CancellationTokenSource();
        var begun = 0;
        var ended = 0;
        var running = a.RunAsync(
            async term =>
            {
                Interlocked.Increment(ref begun);
                await Task.Delay(Timeout.InfiniteTimeSpan, term.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Interlocked.Increment(ref ended);
            },
            stopping.Token);

        await Passing(() => Volatile.Read(ref begun) == 1);
        way.IsCutOff = true;
        await Passing(() => Volatile.Read(ref ended) == 1);
        way.IsCutOff = false;
        await Passing(() => Volatile.Read(ref begun) == 2);

        await stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, ended);
    }

    /// <summary>Whatever goes wrong in whatever order: two replicas never both believe that they lead.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task IsLeader_RandomOutages_AtMostOne(int seed)
    {
        var random = new Random(seed);
        var candidates = Enumerable.Range(0, 4).Select(i => Candidate($"r{i}", random.Next(-100_000, 100_000))).ToList();
        var terms = 0;
        var leader = -1;
        for (var step = 0; step < 3000; step++)
        {
            var (election, way) = candidates[random.Next(candidates.Count)];
            way.IsCutOff = random.Next(4) == 0;
            way.LosesAnswers = random.Next(4) == 0;
            if (random.Next(60) == 0)
            {
                await election.ReleaseAsync(default);
            }
            else
            {
                await election.TryAsync(default);
            }

            var leaders = candidates.Count(static candidate => candidate.Election.IsLeader);
            Assert.InRange(leaders, 0, 1);
            if (candidates.FindIndex(static candidate => candidate.Election.IsLeader) is >= 0 and var now && now != leader)
            {
                leader = now;
                terms++;
            }

            _time.Advance(TimeSpan.FromSeconds(random.NextDouble() * (random.Next(20) == 0 ? 20 : 2)));
        }

        Assert.True(terms > 10, $"only {terms} terms");
    }

    [Theory]
    [InlineData(null, "ingress-gateway")]
    [InlineData("example.com/ingress", "ingress-gateway-example-com-ingress")]
    [InlineData("Example.COM//x_", "ingress-gateway-example-com-x")]
    [InlineData("a.very.long.name.of.an.organisation.that.has.many.words/controller", "ingress-gateway-a-very-long-name-of-an-organisation-that-has-ma")]
    public void Default_OfAController_IsALabel(string? controller, string expected) => Assert.Equal(expected, ElectionName.Default(controller));

    private async Task Passing(Func<bool> condition)
    {
        for (var i = 0; i < 20_000 && !condition(); i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(1);
        }

        Assert.True(condition());
    }

    private (LeaderElection Election, LeaseServer.Client Way) Candidate(string name, int skewSeconds = 0)
    {
        var way = _server.ConnectAs(name);
        var clock = new SkewedClock(_time, TimeSpan.FromSeconds(skewSeconds));
        return (new(new ApiLeaseStore(way, "ingress", "gw"), name, clock, NullLogger.Instance), way);
    }
}
