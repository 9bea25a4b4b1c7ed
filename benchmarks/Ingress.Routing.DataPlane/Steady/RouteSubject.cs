namespace Ingress.Routing.DataPlane.Steady;

/// <summary>An Ingress that sends to one Service, then to another, and then has no rule for the path.</summary>
internal sealed class RouteSubject(string host) : Subject(host)
{
    public override string? Text(int version)
        => Objects.Ingress(Host, World.ServiceOf(version % 2), path: version % 3 == 2 ? "/elsewhere" : "/");

    public override bool Fits(int version, in Reply reply)
        => version % 3 == 2 ? reply is { Status: 404, Backend: null } : reply.Status == 200 && reply.Backend == version % 2;
}
