namespace Ingress.Routing.DataPlane.Steady;

/// <summary>An Ingress that comes and goes with its file.</summary>
internal sealed class PresenceSubject(string host) : Subject(host)
{
    public override string? Text(int version) => version % 2 == 0 ? Objects.Ingress(Host, World.ServiceOf(0)) : null;

    public override bool Fits(int version, in Reply reply)
        => version % 2 == 0 ? reply is { Status: 200, Backend: 0 } : reply is { Status: 404, Backend: null };
}
