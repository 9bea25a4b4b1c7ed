using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>How large the head of a response may be. A larger one is answered with 502.</summary>
/// <param name="Bytes">The status line and all headers, with their line breaks.</param>
public sealed record ResponseHeaderLimit(int Bytes) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"take response headers of up to {Bytes} bytes");
}
