using Ingress.Routing.AspNetCore.Limits;

namespace Ingress.Routing.AspNetCore.Tests.Limits;

public sealed class RequestQueueTests
{
    private readonly RequestQueue _queue = new();
    private readonly ClientCount _flood = new(1);
    private readonly ClientCount _other = new(2);

    [Fact]
    public void Next_SeveralClients_TakesTurns()
    {
        Add(_flood, _flood, _flood, _other, _other);

        Assert.Equal([_flood, _other, _flood, _other, _flood], Enumerable.Range(0, 5).Select(_ => _queue.Next(static _ => true)!.Client!));
        Assert.Null(_queue.Next(static _ => true));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Next_ClientWithoutRoom_IsPassedOver()
    {
        Add(_flood, _other);

        Assert.Same(_other, _queue.Next(client => client == _other)!.Client);
        Assert.Null(_queue.Next(client => client == _other));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task TryAdd_FullOfOneClient_DrivesItsLastOneOut()
    {
        var waiting = Add(_flood, _flood, _flood);

        var added = _queue.TryAdd(_other, capacity: 3);

        Assert.NotNull(added);
        Assert.True(waiting[2].Decision.IsCompletedSuccessfully);
        Assert.False(await waiting[2].Decision);
        Assert.False(waiting[0].Decision.IsCompleted || waiting[1].Decision.IsCompleted);
        Assert.Equal(3, _queue.Count);
    }

    [Fact]
    public void TryAdd_FullAndNoClientHasMore_IsRefused()
    {
        Add(_flood, _other);

        Assert.Null(_queue.TryAdd(_flood, capacity: 2));
        Assert.Null(_queue.TryAdd(new ClientCount(3), capacity: 2));
        Assert.Equal(2, _queue.Count);
    }

    [Fact]
    public void Remove_OneThatGaveUp_LeavesTheOthers()
    {
        var waiting = Add(_flood, _flood);

        Assert.True(_queue.Remove(waiting[0]));
        Assert.False(_queue.Remove(waiting[0]));
        Assert.Same(waiting[1], _queue.Next(static _ => true));
        Assert.Null(_queue.Next(static _ => true));
    }

    private List<RequestQueue.Waiter> Add(params ClientCount[] clients) => [.. clients.Select(client => _queue.TryAdd(client, int.MaxValue)!)];
}
