namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A Service that sends to one port of its endpoints, and then to another.</summary>
internal sealed class ServiceSubject(string host, IReadOnlyList<int> ports) : Subject(host)
{
    public override bool IsAboutEndpoints => true;

    public override string Fixed => Objects.Ingress(Host, ServiceName) + Objects.Slice(ServiceName, 0, true, ("a", ports[0]), ("b", ports[1]));

    public override string? Text(int version) => Objects.Service(ServiceName, version % 2 == 0 ? "a" : "b");

    public override bool Fits(int version, in Reply reply) => reply.Status == 200 && reply.Backend == version % 2;
}
