using System.Globalization;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>An Ingress whose annotations change.</summary>
internal sealed class PolicySubject(string host) : Subject(host)
{
    public override string? Text(int version) => Objects.Ingress(Host, World.ServiceOf(1), annotations: string.Create(
        CultureInfo.InvariantCulture, $"ingress.routing/response-headers-set: \"{Reply.RevisionHeader}: {version}\""));

    public override bool Fits(int version, in Reply reply) => reply is { Status: 200, Backend: 1 } && reply.Revision == version;
}
