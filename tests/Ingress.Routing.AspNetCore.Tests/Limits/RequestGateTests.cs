using System.Net;
using Ingress.Routing.AspNetCore.Limits;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Tests.Limits;

public sealed class RequestGateTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Get_NoRoom_WaitsAndIsServedWhenThereIs()
    {
        await using var site = await LimitedSite.StartAsync(static limits =>
        {
            limits.MaxRequests = 1;
            limits.MaxRequestsPerClient = 1;
            limits.QueueTimeout = s_long;
        });
        var first = site.GetAsync("/wait");
        await site.ArrivalAsync();
        var second = site.GetAsync("/wait");
        await LimitedSite.UntilAsync(() => site.Gate.Waiting == 1);
        Assert.False(site.HasArrival);

        site.Release();
        Assert.Equal(200, (await first).Status);
        await site.ArrivalAsync();
        site.Release();
        Assert.Equal(200, (await second).Status);
        await LimitedSite.UntilAsync(() => site.Gate.Requests == 0 && site.Gate.Waiting == 0);
    }

    [Fact]
    public async Task Get_NoRoomInTime_Is503WithRetryAfter()
    {
        await using var site = await LimitedSite.StartAsync(static limits =>
        {
            limits.MaxRequests = 1;
            limits.QueueTimeout = TimeSpan.FromMilliseconds(50);
        });
        var first = site.GetAsync("/wait");
        await site.ArrivalAsync();

        var second = await site.GetAsync("/");

        Assert.Equal(503, second.Status);
        Assert.Equal("1", second.Headers["Retry-After"]);
        site.Release();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await site.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Get_QueueIsFull_Is503AtOnce()
    {
        await using var site = await LimitedSite.StartAsync(static limits =>
        {
            limits.MaxRequests = 1;
            limits.MaxQueuedRequests = 1;
            limits.QueueTimeout = s_long;
        });
        var first = site.GetAsync("/wait");
        await site.ArrivalAsync();
        var second = site.GetAsync("/");
        await LimitedSite.UntilAsync(() => site.Gate.Waiting == 1);

        Assert.Equal(503, (await site.GetAsync("/")).Status);

        site.Release();
        Assert.Equal((200, 200), ((await first).Status, (await second).Status));
    }

    [Fact]
    public async Task Get_OneClientHasItsShare_OthersAreServed()
    {
        await using var site = await LimitedSite.StartAsync(
            static limits =>
            {
                limits.MaxRequests = 100;
                limits.MaxRequestsPerClient = 2;
                limits.QueueTimeout = TimeSpan.FromMilliseconds(50);
            },
            static options => options.TrustedProxies.Add("127.0.0.1"));
        Task<RawResponse>[] greedy = [site.GetAsync("/wait", "2001:db8:0:1::1"), site.GetAsync("/wait", "2001:db8:0:1::2")];
        await site.ArrivalAsync();
        await site.ArrivalAsync();

        Assert.Equal(503, (await site.GetAsync("/", "2001:db8:0:1:ffff::3")).Status); // the same network of 64 bits
        Assert.Equal(200, (await site.GetAsync("/", "2001:db8:0:2::1")).Status);
        Assert.Equal(200, (await site.GetAsync("/", "198.51.100.7")).Status);
        Assert.Equal(200, (await site.GetAsync("/")).Status); // of the proxy itself

        site.Release(2);
        Assert.All(await Task.WhenAll(greedy), static response => Assert.Equal(200, response.Status));
        Assert.Equal(200, (await site.GetAsync("/", "2001:db8:0:1::1")).Status);
        await LimitedSite.UntilAsync(() => site.Gate.Requests == 0 && site.Services.GetRequiredService<ClientCounts>().Count == 0);
    }

    // Who is not a trusted proxy is the client, whatever it says.
    [Fact]
    public async Task Get_ClientThatNamesOthers_IsCountedAsItself()
    {
        await using var site = await LimitedSite.StartAsync(static limits =>
        {
            limits.MaxRequestsPerClient = 1;
            limits.QueueTimeout = TimeSpan.FromMilliseconds(50);
        });
        var first = site.GetAsync("/wait", "198.51.100.7");
        await site.ArrivalAsync();

        Assert.Equal(503, (await site.GetAsync("/", "198.51.100.8")).Status);
        site.Release();
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task Options_Change_IsInForceAtOnce()
    {
        var source = new ChangingLimits { MaxRequests = 1 };
        await using var site = await LimitedSite.StartAsync(
            static limits => limits.QueueTimeout = s_long,
            build: builder =>
            {
                builder.Services.AddSingleton<IConfigureOptions<IngressConnectionOptions>>(source);
                builder.Services.AddSingleton<IOptionsChangeTokenSource<IngressConnectionOptions>>(source);
            });
        var first = site.GetAsync("/wait");
        await site.ArrivalAsync();
        var second = site.GetAsync("/wait");
        await LimitedSite.UntilAsync(() => site.Gate.Waiting == 1);

        source.Change(maxRequests: 2);

        await site.ArrivalAsync();
        site.Release(2);
        Assert.Equal((200, 200), ((await first).Status, (await second).Status));
    }

    [Fact]
    public void Enter_BelowTheLimits_AllocatesNothing()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var memory = new MemoryGuard(new FixedMemory());
        using var gate = new RequestGate(
            new FixedOptions(new()), memory, ActivatorUtilities.CreateInstance<LimitMetrics>(services), NullLogger<RequestGate>.Instance);
        var client = new ClientCounts().Hold(ClientKeyOf("192.0.2.1"));
        Assert.True(gate.TryEnter(client));
        gate.Leave(client);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(gate.TryEnter(client));
            gate.Leave(client);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal((0, 0), (gate.Requests, client.Requests));
    }

    // Each takes a place or is refused: none may be lost, and none be given twice.
    [Fact]
    public async Task Enter_FromManyThreads_CountsExactly()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var memory = new MemoryGuard(new FixedMemory());
        using var gate = new RequestGate(
            new FixedOptions(new() { MaxRequests = 3, MaxRequestsPerClient = 2, MaxQueuedRequests = 1000, QueueTimeout = s_long }),
            memory,
            ActivatorUtilities.CreateInstance<LimitMetrics>(services),
            NullLogger<RequestGate>.Instance);
        ClientCount[] clients = [new(1), new(2), new(3)];
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(async () =>
        {
            var client = clients[number % clients.Length];
            for (var i = 0; i < 50; i++)
            {
                Assert.True(gate.TryEnter(client) || await gate.WaitAsync(client));
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                gate.Leave(client);
            }
        })));

        Assert.InRange(most, 1, 3);
        Assert.Equal((0, 0), (gate.Requests, gate.Waiting));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Key_Addresses_IsOfAnAddressOrANetworkOf64Bits(string one, string other, bool isSame)
        => Assert.Equal(isSame, ClientKeyOf(one) == ClientKeyOf(other));

    private static UInt128 ClientKeyOf(string address) => ClientKey.OfAddress(IPAddress.Parse(address));

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private sealed class FixedMemory : IMemoryUse
    {
        public long Available => long.MaxValue;

        public long Heap => 0;

        public long Process => 0;

        public void Collect() => Assert.Fail("There is enough.");
    }

    private sealed class FixedOptions(IngressConnectionOptions options) : IOptionsMonitor<IngressConnectionOptions>
    {
        public IngressConnectionOptions CurrentValue => options;

        public IngressConnectionOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<IngressConnectionOptions, string?> listener) => null;
    }

    private sealed class ChangingLimits : IConfigureOptions<IngressConnectionOptions>, IOptionsChangeTokenSource<IngressConnectionOptions>
    {
        private CancellationTokenSource _change = new();

        public int MaxRequests { get; set; }

        public string Name => Options.DefaultName;

        public void Configure(IngressConnectionOptions options) => options.MaxRequests = options.MaxRequestsPerClient = MaxRequests;

        public Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => new Microsoft.Extensions.Primitives.CancellationChangeToken(_change.Token);

        public void Change(int maxRequests)
        {
            MaxRequests = maxRequests;
            Interlocked.Exchange(ref _change, new()).Cancel();
        }
    }
}
