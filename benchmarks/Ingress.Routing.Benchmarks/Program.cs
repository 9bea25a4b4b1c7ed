using BenchmarkDotNet.Running;
using Ingress.Routing.Benchmarks;

if (args is ["--quick", ..])
{
    QuickCheck.Run(args);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
