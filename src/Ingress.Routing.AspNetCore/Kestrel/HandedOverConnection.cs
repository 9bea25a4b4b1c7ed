using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>A connection as the second endpoint sees it. It ends with the second endpoint's work on it; the real one stays open until then.</summary>
internal sealed class HandedOverConnection(ConnectionContext connection) : ConnectionContext
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the second endpoint is done.</summary>
    public Task Completion => _completion.Task;

    public override string ConnectionId { get; set; } = connection.ConnectionId;

    // Reads through to the features of the real connection, but leaves those alone: each endpoint sets some of its own.
    public override IFeatureCollection Features { get; } = new FeatureCollection(connection.Features);

    public override IDictionary<object, object?> Items { get; set; } = connection.Items;

    public override IDuplexPipe Transport { get; set; } = connection.Transport;

    public override EndPoint? LocalEndPoint { get; set; } = connection.LocalEndPoint;

    public override EndPoint? RemoteEndPoint { get; set; } = connection.RemoteEndPoint;

    public override CancellationToken ConnectionClosed { get; set; } = connection.ConnectionClosed;

    public override void Abort(ConnectionAbortedException abortReason) => connection.Abort(abortReason);

    public override ValueTask DisposeAsync()
    {
        _completion.TrySetResult();
        return base.DisposeAsync();
    }
}
