namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>What a reflector says about how it is going; read by others.</summary>
internal sealed class ReflectorHealth
{
    private long _lastContact;
    private long _bytes;

    /// <summary>When the server was last heard of, by <see cref="TimeProvider.GetTimestamp"/>; 0 for never.</summary>
    public long LastContact
    {
        get => Volatile.Read(ref _lastContact);
        set => Volatile.Write(ref _lastContact, value);
    }

    /// <summary>How much was read.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void AddBytes(long count) => Interlocked.Add(ref _bytes, count);
}
