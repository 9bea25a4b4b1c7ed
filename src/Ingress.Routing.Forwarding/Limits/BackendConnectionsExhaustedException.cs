namespace Ingress.Routing.Forwarding.Limits;

/// <summary>There is no room for another connection to a backend.</summary>
internal sealed class BackendConnectionsExhaustedException()
    : IOException("There are as many connections to backends as there is room for, and none became free in time.")
{
    /// <summary>Whether an exception is this one, or has come of it.</summary>
    public static bool IsCauseOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is BackendConnectionsExhaustedException)
            {
                return true;
            }
        }

        return false;
    }
}
