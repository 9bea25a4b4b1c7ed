namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Where lines go. Used by one thread; it may wait for whoever reads.</summary>
internal interface ILineTarget : IDisposable
{
    /// <summary>Writes whole lines.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    void Write(ReadOnlySpan<byte> lines);

    /// <summary>Opens what it writes to again, because it was moved away.</summary>
    void Reopen();
}
