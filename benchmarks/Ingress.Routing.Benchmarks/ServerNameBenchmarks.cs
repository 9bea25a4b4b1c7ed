using BenchmarkDotNet.Attributes;

namespace Ingress.Routing.Benchmarks;

/// <summary>Choosing the certificate for a server name.</summary>
[MemoryDiagnoser]
public class ServerNameBenchmarks
{
    private IngressRouteTable _table = IngressRouteTable.Empty;
    private string[] _names = [];

    [Params(10, 100_000)]
    public int Names { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _table = IngressRouteTable.Compile(ServerNames.Snapshot(Names));
        var random = new Random(1);
        _names = [.. Enumerable.Range(0, Requests.Count).Select(_ => ServerNames.Name(random.Next(Names)))];
        if (Certificate() != Requests.Count || HostAlone() != Requests.Count)
        {
            throw new InvalidOperationException("Not every name has a certificate.");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Requests.Count)]
    public int Certificate() => Count(static (table, name) => table.FindCertificate(name) is not null);

    /// <summary>For a client that verifies one kind of keys alone (D24), where the table has but that one.</summary>
    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int OfKeyKind() => Count(static (table, name) => table.FindCertificate(name, CertificateKeyKinds.Ecdsa) is not null);

    /// <summary>A lower bound that cheats: the host, and nothing about its certificate.</summary>
    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int HostAlone() => Count(static (table, name) => table.Certificates.Hosts.FindCells(name) is not null);

    [Benchmark]
    public TlsCertificate? OtherCaseAndFinalDot() => _table.FindCertificate("APP-4.Example.Test.");

    [Benchmark]
    public TlsCertificate? Unicode() => _table.FindCertificate("bücher.example.test");

    [Benchmark]
    public TlsCertificate? Unknown() => _table.FindCertificate("unknown.test");

    private int Count(Func<IngressRouteTable, string, bool> isFound)
    {
        var found = 0;
        foreach (var name in _names)
        {
            found += isFound(_table, name) ? 1 : 0;
        }

        return found;
    }
}
