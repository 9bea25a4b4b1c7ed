using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>One open socket and what it is for.</summary>
/// <param name="Purpose">How the start-up report introduces it.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Options">Knows the port that the system chose, once the server has started.</param>
internal sealed record Listener(string Purpose, string Scheme, ListenOptions Options)
{
    /// <summary>Returns, for instance, <c>Listening on http://127.0.0.1:8080</c>.</summary>
    public override string ToString() => $"{Purpose} on {Scheme}://{Options.IPEndPoint}";
}
