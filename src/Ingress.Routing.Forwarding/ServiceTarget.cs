namespace Ingress.Routing.Forwarding;

/// <summary>Where the requests for a Service port go, in place of its ready endpoints.</summary>
/// <remarks>Immutable. Two targets are taken for the same when their addresses are, and their handler is the same object.</remarks>
public sealed record ServiceTarget
{
    /// <summary>
    /// Where requests are sent, balanced among all of them; empty when <see cref="Handler"/> answers instead. A path goes in front of
    /// the canonical path, without its trailing slash. Addresses that differ in letter case alone count once.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// An address is not an absolute <c>http</c> or <c>https</c> one, or has a query or a fragment.
    /// </exception>
    public IReadOnlyList<Uri> Addresses
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.FirstOrDefault(static address => !IsUsable(address)) is { } unusable)
            {
                throw new ArgumentException(
                    $"'{unusable}' is not an absolute http or https address without query and fragment.", nameof(value));
            }

            field = [.. value];
        }
    } = [];

    /// <summary>
    /// Sends the requests; null sends them over the network. It receives the very request that would be sent, when no address is given one
    /// to <c>http://service.namespace.svc/</c>. It is never disposed here.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    private static bool IsUsable(Uri address)
        => address.IsAbsoluteUri
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.Query.Length == 0
            && address.Fragment.Length == 0;
}
