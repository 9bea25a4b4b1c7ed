using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>How long a backend may take. Null leaves a time to the settings of the gateway.</summary>
/// <remarks>When one is over before the response has begun, the answer is 504; afterwards the response breaks off.</remarks>
public sealed record BackendTimeouts : RoutePolicy
{
    /// <summary>For a connection, its TLS handshake included.</summary>
    public TimeSpan? Connect { get; init; }

    /// <summary>Between two pieces of the request that the backend takes.</summary>
    public TimeSpan? Send { get; init; }

    /// <summary>Between the end of the request and the head of the response, and between two pieces of the response.</summary>
    public TimeSpan? Read { get; init; }

    /// <summary>Between the end of the request and the head of the response; null is <see cref="Read"/>.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>
    /// For the request as a whole: all attempts, both bodies, and the time that the client takes. An upgraded connection, a WebSocket for instance, may
    /// go on for longer.
    /// </summary>
    public TimeSpan? Total { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe()
        => "wait for the backend: " + string.Join(
            ", ",
            new[] { In("to connect", Connect), In("to send", Send), In("to begin", FirstByte), In("to read", Read), In("in all", Total) }.OfType<string>());

    private static string? In(string what, TimeSpan? time)
        => time is { } given ? string.Create(CultureInfo.InvariantCulture, $"{given.TotalSeconds:0.###} s {what}") : null;
}
