using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>Answers 413 to requests whose body is too large.</summary>
/// <param name="Bytes">The largest body in bytes; not negative.</param>
/// <remarks>
/// A body that says its length is answered before anything else looks at the request, redirects included, as nginx does. One that does not is
/// answered when it grows past the limit.
/// </remarks>
public sealed record BodySizeLimit(long Bytes) : RequestPolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Size;

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return long.TryParse(request.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > Bytes
            ? PolicyOutcome.Answer(413)
            : PolicyOutcome.Continue;
    }

    /// <inheritdoc />
    public override string Describe() => $"take bodies of at most {Bytes} bytes, else 413";
}
