namespace Ingress.Routing.DataPlane.Cost;

/// <summary>The figures of all contenders side by side.</summary>
internal static class CostTable
{
    public static void Print(Contenders contenders)
    {
        Report.Line($"{"",-14} {"CPU/request",12} {"lowest",8} {"highest",8} {"requests/s",11} {"p50",9} {"p99",9} {"failed",7} {"resident",10} {"gateway is",11}");
        foreach (var contender in contenders.All)
        {
            var ratio = contender == contenders.Gateway ? "" : FormattableString.Invariant($"{Figures.Ratio(contenders.Gateway.Costs, contender.Costs):F2} x");
            Report.Line($"{contender.Name,-14} {contender.Cost,9:F1} us {contender.Costs.Min(),8:F1} {contender.Costs.Max(),8:F1} {contender.PerSecond,11:F0} {contender.P50,6:F0} us {contender.P99,6:F0} us {contender.Failures,7} {contender.Process.ResidentBytes / 1e6,7:F0} MB {ratio,11}");
        }
    }

    /// <summary>The cost of the gateway over that of another, round by round.</summary>
    public static double Ratio(Contenders contenders, string other) => Figures.Ratio(contenders.Gateway.Costs, contenders.Find(other)!.Costs);
}
