namespace Ingress.Routing.Comparison;

/// <summary>A request that shows something. Immutable.</summary>
public sealed class RequestWitness
{
    internal RequestWitness(string host, string target)
    {
        Host = host;
        Target = target;
    }

    /// <summary>The <c>Host</c> header to send.</summary>
    public string Host { get; }

    /// <summary>The request target to send.</summary>
    public string Target { get; }

    /// <summary>The method and the headers to send.</summary>
    public RouteRequest Sent { get; internal init; } = RouteRequest.Plain;

    /// <summary>The request as an <c>http</c> URL.</summary>
    public string Url => $"http://{Host}{Target}";

    /// <summary>Returns <see cref="Url"/>.</summary>
    public override string ToString() => Url;
}
