namespace Ingress.Routing.DataPlane.Cost;

/// <summary>What a request costs where the server has as much to do as it can.</summary>
internal static class SaturatedCost
{
    public static void Run(CostOptions options, int backendPort, string folder)
    {
        var ofGateway = new List<(int Hosts, double Cost)>();
        foreach (var hosts in options.Hosts)
        {
            Report.Title($"Saturated, {hosts} hosts, 16 connections");
            using var contenders = Contenders.Start(options, hosts, backendPort, Path.Combine(folder, $"saturated-{hosts}"));
            foreach (var contender in contenders.All)
            {
                contender.WarmUp();
            }

            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var contender in contenders.All)
                {
                    contender.Measure(load => load.Saturate(options.Round));
                }
            }

            CostTable.Print(contenders);
            ofGateway.Add((hosts, contenders.Gateway.Costs.Min()));
            Judge(contenders);
        }

        if (ofGateway.Count > 1)
        {
            var (fewest, most) = (ofGateway[0], ofGateway[^1]);
            Report.AtMost($"CPU at {most.Hosts} hosts, of that at {fewest.Hosts} (best rounds)", most.Cost / fewest.Cost, 1.1, "x");
        }
    }

    private static void Judge(Contenders contenders)
    {
        Report.AtMost("CPU, of the bare forwarder", CostTable.Ratio(contenders, "bare"), 1.15, "x");
        if (contenders.Find("nginx") is not null)
        {
            Report.AtMost("CPU, of nginx", CostTable.Ratio(contenders, "nginx"), 2.2, "x");
        }
    }
}
