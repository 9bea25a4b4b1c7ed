using System.Diagnostics;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Cost;

/// <summary><c>cost</c>: what a forwarded request costs, beside other proxies, in one run.</summary>
internal static class CostCommand
{
    public static Task<int> RunAsync(string[] arguments)
    {
        CostOptions options;
        try
        {
            options = CostOptions.Read(arguments);
        }
        catch (ArgumentException exception)
        {
            Report.Line($"{exception.Message}");
            return Task.FromResult(2);
        }

        var start = Stopwatch.GetTimestamp();
        var place = options.IsUnpinned ? "all on all processors" : "servers on the first processor, client and backend on the others";
        Report.Line($"{Environment.OSVersion}, .NET {Environment.Version}, {Environment.ProcessorCount} processors; {place}");
        Report.Line($"{options.Rounds} interleaved rounds; medians; CPU is user and system time of the server for each request");
        var folder = Directory.CreateTempSubdirectory("ingress-routing-cost-").FullName;
        try
        {
            using var backend = OwnServers.Backend(options.OfOthers).WaitUntilListening();
            Run(options, backend.Port, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Report.Line($"");
        Report.Line($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, {Report.Misses} goals missed");
        return Task.FromResult(Report.Misses == 0 ? 0 : 1);
    }

    private static void Run(CostOptions options, int backendPort, string folder)
    {
        if (options.Has("saturated"))
        {
            SaturatedCost.Run(options, backendPort, folder);
        }

        if (options.Has("paced"))
        {
            PacedCost.Run(options, backendPort, folder);
        }

        if (options.Has("memory"))
        {
            MemoryCost.Run(options, backendPort, folder);
        }

        if (options.Has("start"))
        {
            StartCost.Run(options, backendPort, folder);
        }
    }
}
