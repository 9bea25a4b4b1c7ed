namespace Ingress.Routing.Acme;

/// <summary>The right to order. Disposing it gives it back.</summary>
public interface IAcmeLease : IAsyncDisposable
{
    /// <summary>Is cancelled when the right is lost before it was given back.</summary>
    CancellationToken Lost { get; }
}
