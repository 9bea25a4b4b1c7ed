using Ingress.Routing.DataPlane;
using Ingress.Routing.DataPlane.Changes;
using Ingress.Routing.DataPlane.Cost;
using Ingress.Routing.DataPlane.Faults;
using Ingress.Routing.DataPlane.Load;
using Ingress.Routing.DataPlane.Observability;
using Ingress.Routing.DataPlane.Servers;

// One folder for each command. 'serve' is what the commands start in processes of their own.
switch (args)
{
    case ["cost", .. var rest]:
        return await CostCommand.RunAsync(rest);
    case ["load", .. { Length: 3 or 4 } rest]:
        return LoadCommand.Run(rest);
    case ["changes", .. var rest]:
        return await ChangesCommand.RunAsync(rest);
    case ["faults", .. var rest]:
        return await FaultsCommand.RunAsync(rest);
    case ["soak", .. var rest]:
        return await SoakCommand.RunAsync(rest);
    case ["observability", .. var rest]:
        return await ObservabilityCommand.RunAsync(rest);
    case ["serve", var server, .. var rest]:
        return await ServeCommand.RunAsync(server, rest);
    default:
        Report.Line($"usage: dotnet run -c Release --project benchmarks/Ingress.Routing.DataPlane -- COMMAND");
        Report.Line($"  cost [--quick] [--unpinned] [--gateway PATH] [--beside NAME=PATH]   what a request costs, beside nginx, HAProxy, Caddy, YARP and a bare forwarder");
        Report.Line($"  load PORT HOSTS SECONDS [PER-SECOND]   the client alone, to hosts of the same names, on loopback");
        Report.Line($"  changes [--minutes N] [--rate N] [--ingresses N,N] [--gateway PATH]   what is lost while manifests change, and how soon a change is in force");
        Report.Line($"  soak [--minutes N] [--rate N] [--ingresses N] [--gateway PATH]   whether anything is lost or grows in a long time, with changes, faults and scrapes");
        Report.Line($"  faults [--only TEXT]   how many requests fail while a backend does one thing wrong, beside nginx and HAProxy");
        Report.Line($"  observability [--quick]   what metrics, access log and traces cost");
        return 2;
}
