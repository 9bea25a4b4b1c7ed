namespace Ingress.Routing.Policies;

/// <summary>A policy that needs nothing but the request to decide what to do with it, so that it can be explained, compared and tested.</summary>
public abstract record RequestPolicy : RoutePolicy
{
    /// <summary>Works out what it does with one request.</summary>
    /// <param name="request">The request, as it was matched.</param>
    /// <returns>The outcome; <see cref="PolicyOutcome.Continue"/> when the request goes on unchanged.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public abstract PolicyOutcome Evaluate(IPolicyRequest request);
}
