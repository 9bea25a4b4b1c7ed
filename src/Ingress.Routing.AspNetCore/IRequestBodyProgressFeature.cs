namespace Ingress.Routing.AspNetCore;

/// <summary>How the body of a request comes in, where <c>UseIngressConnectionLimits</c> watches it; among the features of the request.</summary>
public interface IRequestBodyProgressFeature
{
    /// <summary>Whether it came too slowly (<see cref="IngressConnectionOptions.BodyTimeout"/>), and reading it has failed for that.</summary>
    bool IsTooSlow { get; }

    /// <summary>Whether it may be quiet for as long as it likes, as the messages of a stream may. Can be set at any time.</summary>
    bool MayBeQuiet { get; set; }
}
