using BenchmarkDotNet.Running;
using Ingress.Routing.Benchmarks;
using Ingress.Routing.Benchmarks.Handshakes;

switch (args)
{
    case ["--quick"] or ["--full"]:
        new SelfCheck(isFull: args[0] == "--full").Run();
        break;
    case ["--tls"] or ["--tls", "--quick"]:
        HandshakeCheck.Run(isQuick: args.Length > 1);
        break;
    case [KestrelServer.Argument, var contender]:
        await KestrelServer.RunAsync(contender);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
