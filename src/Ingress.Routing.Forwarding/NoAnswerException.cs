namespace Ingress.Routing.Forwarding;

/// <summary>A connection over HTTP/1.1 ended before a byte of the answer had come.</summary>
/// <param name="wasSent">Whether a part of the request may have reached the backend.</param>
/// <param name="isKept">Whether the connection had answered a request before, so that the backend may have closed it for being idle.</param>
/// <param name="cause">What ended it; null when the backend closed it.</param>
internal sealed class NoAnswerException(bool wasSent, bool isKept, Exception? cause)
    : IOException(isKept ? "The backend closed a kept connection instead of answering" : "The backend closed the connection without an answer", cause)
{
    /// <summary>Whether a part of the request may have reached the backend.</summary>
    public bool WasSent { get; } = wasSent;

    /// <summary>Whether the connection had answered a request before.</summary>
    public bool IsKept { get; } = isKept;

    /// <summary>The one that an exception has come of; null when there is none.</summary>
    public static NoAnswerException? In(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is NoAnswerException found)
            {
                return found;
            }
        }

        return null;
    }
}
