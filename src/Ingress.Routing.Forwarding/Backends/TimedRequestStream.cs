namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Waits for the backend to take each piece of a request.</summary>
internal sealed class TimedRequestStream(Stream stream, BackendTimer timer) : WriteOnlyStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        timer.StartSending();
        await stream.WriteAsync(buffer, cancellationToken);
        timer.StopSending();
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        timer.StartSending();
        await stream.FlushAsync(cancellationToken);
        timer.StopSending();
    }
}
