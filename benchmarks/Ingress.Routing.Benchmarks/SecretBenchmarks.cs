using BenchmarkDotNet.Attributes;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>Reading the certificate and the key of a Secret.</summary>
[MemoryDiagnoser]
public class SecretBenchmarks
{
    private readonly SecretResource _secret = ServerNames.Snapshot(1).Secrets[0];

    /// <summary>As a table is compiled: a copy has not been read yet.</summary>
    [Benchmark(Baseline = true)]
    public object? Read() => (_secret with { Type = null }).Read().Certificate;

    /// <summary>As a handshake needs it.</summary>
    [Benchmark]
    public void Load() => _secret.Read().Certificate!.CreateCertificate().Dispose();
}
