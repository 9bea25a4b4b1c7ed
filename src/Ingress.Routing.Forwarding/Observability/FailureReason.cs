using Ingress.Routing.Forwarding.Limits;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding.Observability;

/// <summary>One word for why a backend gave no answer, or only a part of one. The words are documented, and values of a label.</summary>
internal static class FailureReason
{
    public const string Timeout = "upstream_timeout";
    private const string Connect = "upstream_connect";
    private const string Broken = "upstream_broken";
    private const string Invalid = "upstream_invalid";
    private const string Busy = "busy";
    private const string NoEndpoint = "no_endpoint";
    private const string ClientClosed = "client_closed";
    private const string Unsent = "request";

    public static string Of(IForwarderErrorFeature failure) => failure.Error switch
    {
        ForwarderError.Request => OfRequest(failure.Exception),
        ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout => Timeout,
        ForwarderError.NoAvailableDestinations => NoEndpoint,
        ForwarderError.ResponseHeaders => Invalid,
        ForwarderError.RequestCreation => Unsent,
        ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination
            or ForwarderError.UpgradeRequestDestination or ForwarderError.UpgradeResponseDestination => Broken,
        _ => ClientClosed,
    };

    private static string OfRequest(Exception? exception)
        => BackendConnectionsExhaustedException.IsCauseOf(exception) ? Busy
            : (exception as HttpRequestException)?.HttpRequestError switch
            {
                HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                    or HttpRequestError.VersionNegotiationError => Connect,
                HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => Invalid,
                _ => Broken,
            };
}
