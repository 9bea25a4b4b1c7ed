using BenchmarkDotNet.Running;
using Ingress.Routing.Benchmarks;

if (args is ["--quick"] or ["--full"])
{
    new SelfCheck(isFull: args[0] == "--full").Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
