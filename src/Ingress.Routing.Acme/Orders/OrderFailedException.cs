namespace Ingress.Routing.Acme.Orders;

/// <summary>An order came to nothing, and it is over.</summary>
internal sealed class OrderFailedException(string message, TimeSpan? retryAfter = null, Exception? innerException = null) : Exception(message, innerException)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
