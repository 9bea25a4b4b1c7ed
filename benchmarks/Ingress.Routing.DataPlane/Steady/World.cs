namespace Ingress.Routing.DataPlane.Steady;

/// <summary>The folder of manifests, and the hosts in it.</summary>
internal sealed class World
{
    private readonly string _folder;
    private bool _isInPlace;

    /// <param name="folder">Where the manifests are; it exists.</param>
    /// <param name="backends">Two backends.</param>
    /// <param name="kinds">How many hosts there are of each kind.</param>
    public World(string folder, IReadOnlyList<EchoBackend> backends, int kinds = 2)
    {
        _folder = folder;
        int[] ports = [.. backends.Select(static backend => backend.Port)];
        int[] http2Ports = [.. backends.Select(static backend => backend.Http2Port)];
        Grpc = new("grpc.test", http2Ports, isHttp2: true);
        Endpoints = [.. Hosts("endpoints").Select(host => new EndpointsSubject(host, ports))];
        Secrets = [.. Hosts("secret").Select(static host => new SecretSubject(host))];
        Plain =
        [
            .. Hosts("route").Select(static host => new RouteSubject(host)),
            .. Hosts("policy").Select(static host => new PolicySubject(host)),
            .. Hosts("service").Select(host => new ServiceSubject(host, ports)),
            .. Hosts("presence").Select(static host => new PresenceSubject(host)),
            .. Endpoints,
        ];

        for (var i = 0; i < ports.Length; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"{ServiceOf(i)}.yaml"), Objects.Service(ServiceOf(i)) + Objects.Slice(ServiceOf(i), 0, true, ("http", ports[i])));
        }

        foreach (var subject in All)
        {
            File.WriteAllText(Path.Combine(folder, $"{subject.Host}-fixed.yaml"), subject.Fixed);
            Write(subject, 0);
        }

        IEnumerable<string> Hosts(string kind) => Enumerable.Range(0, kinds).Select(index => $"{kind}-{index}.test");
    }

    /// <summary>Hosts without TLS that speak HTTP/1.1 to their backends.</summary>
    public IReadOnlyList<Subject> Plain { get; }

    public IReadOnlyList<EndpointsSubject> Endpoints { get; }

    public IReadOnlyList<SecretSubject> Secrets { get; }

    /// <summary>A host that speaks HTTP/2 to its backends.</summary>
    public EndpointsSubject Grpc { get; }

    public IEnumerable<Subject> All => [.. Plain, .. Secrets, Grpc];

    /// <summary>The Service of a backend alone.</summary>
    public static string ServiceOf(int backend) => $"backend-{backend}";

    /// <summary>Writes a version of a host, each time in another way: moved into place, or written where it is.</summary>
    public void Write(Subject subject, int version)
    {
        var path = Path.Combine(_folder, subject.FileName);
        if (subject.Text(version) is not { } text)
        {
            File.Delete(path);
            return;
        }

        _isInPlace = !_isInPlace;
        if (_isInPlace)
        {
            File.WriteAllText(path, text);
            return;
        }

        var draft = Path.Combine(_folder, $".{subject.FileName}.tmp");
        File.WriteAllText(draft, text);
        File.Move(draft, path, overwrite: true);
    }
}
