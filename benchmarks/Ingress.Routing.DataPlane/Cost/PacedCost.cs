namespace Ingress.Routing.DataPlane.Cost;

/// <summary>What a request costs where there are few: threads that fall asleep and awake between two of them are the most of it.</summary>
internal static class PacedCost
{
    private const int Hosts = 100;
    private const int PerSecond = 1_000;

    public static void Run(CostOptions options, int backendPort, string folder)
    {
        Report.Title($"{PerSecond} requests a second whether they are answered or not, {Hosts} hosts, 16 connections");
        using var contenders = Contenders.Start(options, Hosts, backendPort, Path.Combine(folder, "paced"));
        foreach (var contender in contenders.All)
        {
            contender.WarmUp();
        }

        for (var round = 0; round < (options.IsQuick ? 3 : 5); round++)
        {
            foreach (var contender in contenders.All)
            {
                contender.Measure(static load => load.Pace(PerSecond, TimeSpan.FromSeconds(3)));
            }
        }

        CostTable.Print(contenders);
        if (contenders.Find("before") is { } before)
        {
            Report.AtMost("CPU, of the build before", CostTable.Ratio(contenders, "before"), 0.7, "x");
            Report.AtMost("p50, of the build before", contenders.Gateway.P50 / before.P50, 1.5, "x");
        }
    }
}
