using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Model;

namespace Ingress.Routing.Expectations;

/// <summary>What one request is expected to come to. Members that are null are not looked at.</summary>
public sealed record RequestExpectation : Expectation
{
    /// <summary>What is asked for, as for <see cref="RequestUrl.Parse"/>.</summary>
    public required string Url { get; init; }

    /// <summary>The <c>Host</c> header, where it is not the authority of <see cref="Url"/>.</summary>
    public string? Host { get; init; }

    /// <summary>The server name (SNI), where it is not the host of <see cref="Url"/>; empty for a handshake without one.</summary>
    public string? ServerName { get; init; }

    /// <summary>The method; null is GET. It counts where routes have conditions.</summary>
    public string? Method { get; init; }

    /// <summary>The headers of the request. They count where routes have conditions or canaries, and for policies.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The address of the client; null passes over the policies that need it.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The Service that is to get the request; one of those among which the weights decide.</summary>
    public NamespacedName? Service { get; init; }

    /// <summary>The port of <see cref="Service"/>, as the Ingress writes it.</summary>
    public ServiceBackendPort? Port { get; init; }

    /// <summary>The resource that is to get the request, written <c>group/kind namespace/name</c>, the core group as <c>kind namespace/name</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>The status to be answered without any backend: 400, 404, 503, or what a policy answers, such as 301 or 403.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Where the client is to be redirected to.</summary>
    public string? RedirectLocation { get; init; }

    /// <summary>The path and query that the backend is to get.</summary>
    public string? Target { get; init; }

    /// <summary>The Secret whose certificate the handshake is to be given.</summary>
    public NamespacedName? Certificate { get; init; }

    /// <summary>Whether the handshake is to be refused for want of a certificate.</summary>
    public bool ExpectsRefusal { get; init; }

    /// <summary>Whether anything is expected at all.</summary>
    public bool ExpectsAnything => (Service ?? Certificate) is not null || (Resource ?? RedirectLocation ?? Target) is not null || StatusCode is not null || ExpectsRefusal;

    /// <inheritdoc />
    private protected override string Summary => Url;
}
