namespace Ingress.Routing.Acme;

/// <summary>A storage must not be used. The message is for the user: it names the place and says what to do.</summary>
public sealed class AcmeStorageException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">Why.</param>
    public AcmeStorageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
