namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A Service whose endpoints change: the first, both, the second.</summary>
internal sealed class EndpointsSubject(string host, IReadOnlyList<int> ports, bool isHttp2 = false) : Subject(host)
{
    public override bool IsAboutEndpoints => true;

    public override string Fixed => Objects.Ingress(Host, ServiceName) + Objects.Service(ServiceName, isHttp2: isHttp2);

    public override string? Text(int version)
        => string.Concat(ports.Select((port, index) => Objects.Slice(ServiceName, index, HasEndpoint(version, index), ("http", port))));

    public override bool Fits(int version, in Reply reply) => reply is { Status: 200, Backend: { } backend } && HasEndpoint(version, backend);

    private static bool HasEndpoint(int version, int backend) => version % 3 == 1 || backend == version % 3 / 2;
}
