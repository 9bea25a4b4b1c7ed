using System.Globalization;
using Ingress.Routing.Kubernetes.ApiServer;

// Serves a sample cluster until standard input ends:
//   KUBECONFIG-FILE [--tls] [--ingresses N] [--services N] [--secrets N] [--endpoint ADDRESS:PORT]
// Each line of standard input is a command: 'slice I ADDRESS:PORT', 'ingress I', 'delete KIND NS NAME', 'storm PER-SECOND SECONDS', 'stop', 'start',
// 'forget', 'requests'.
int Number(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

var endpoint = Array.IndexOf(args, "--endpoint") is >= 0 and var place ? args[place + 1] : "127.0.0.1:9";
var (address, port) = (endpoint.Split(':')[0], int.Parse(endpoint.Split(':')[1], CultureInfo.InvariantCulture));
var services = Number("--services", 0);
await using var server = new TestApiServer(args.Contains("--tls"));
SampleCluster.Fill(server, Number("--ingresses", 0), services, Number("--secrets", 0), address, port);
await server.StartAsync();
server.WriteKubeconfig(args[0]);
Console.WriteLine($"{server.Address} version {server.Version}");
while (Console.ReadLine() is { } line)
{
    switch (line.Split(' '))
    {
        case ["slice", var i, var target]:
            server.Apply(SampleCluster.Slice(int.Parse(i, CultureInfo.InvariantCulture), int.Parse(target.Split(':')[1], CultureInfo.InvariantCulture), target.Split(':')[0]));
            break;
        case ["ingress", var i]:
            server.Apply(SampleCluster.Ingress(int.Parse(i, CultureInfo.InvariantCulture), Math.Max(1, services), 1));
            break;
        case ["delete", var kind, var ns, var name]:
            server.Delete(kind, ns == "-" ? null : ns, name);
            break;
        case ["storm", var rate, var seconds]:
            await StormAsync(int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture));
            break;
        case ["stop"]:
            await server.StopAsync();
            break;
        case ["start"]:
            await server.StartAsync();
            break;
        case ["forget"]:
            server.ForgetHistory();
            break;
        case ["requests"]:
            Console.WriteLine(server.Requests.Count);
            break;
    }

    Console.WriteLine("done");
}

// Endpoints of one Service after the other come and go.
async Task StormAsync(int perSecond, int seconds)
{
    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
    for (var tick = 0; tick < seconds * 100 && await timer.WaitForNextTickAsync(); tick++)
    {
        for (var i = 0; i < perSecond / 100; i++)
        {
            var one = ((tick * (perSecond / 100)) + i) % Math.Max(1, services);
            server.Apply(SampleCluster.Slice(one, port, tick % 2 == 0 ? [address] : [address, "10.255.0.1"]));
        }
    }
}
