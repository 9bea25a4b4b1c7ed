using System.Diagnostics;
using System.Globalization;
using Ingress.Routing.DataPlane.Peers;
using Ingress.Routing.DataPlane.Steady;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary><c>soak</c>: a steady load with changes, faults and scrapes for a long time, and whether anything grows.</summary>
internal static class SoakCommand
{
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_scrape = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] arguments)
    {
        SoakOptions options;
        try
        {
            options = SoakOptions.Read(arguments);
        }
        catch (ArgumentException exception)
        {
            Report.Line($"{exception.Message}");
            return 2;
        }

        Report.Title($"{options.Minutes} minutes, {options.Ingresses} further Ingresses, up to {options.Rate} changes a second");
        using var faults = new FailingHosts();
        await using var served = await ServedWorld.StartAsync(options.Ingresses, options.Gateway, faults.Write);
        await using var run = await served.LoadAsync();
        using var stop = new CancellationTokenSource();
        var others = Task.WhenAll(
            faults.RunAsync(served.Gateway.Port, run.Losses, stop.Token),
            Task.Run(() => ChangeAsync(run.Changer, options.Rate, stop.Token), CancellationToken.None));
        using var scraper = new Scraper(served.AdminPort);
        var minutes = await WatchAsync(options, served.Gateway, run, scraper);
        await stop.CancelAsync();
        await others;
        await run.EndAsync();

        Report.Line($"{run.Replies} requests; {run.Changer.Changes} changes; where nothing but a failing backend is, {faults.Answered} requests succeeded and {faults.Expected} failed");
        foreach (var loss in run.Losses.Describe())
        {
            Report.Line($"LOST: {loss}");
        }

        Report.AtMost("requests failed, misrouted or cut", run.Losses.Count, 0, "");
        Judge("resident memory", minutes, static minute => minute.Resident, 1.1, "");
        Judge("p99 of requests", minutes, static minute => minute.P99, 1.5, "");
        Judge("descriptors", minutes, static minute => minute.Descriptors, 1.1, "");
        Report.Line($"{Report.Misses} goals missed");
        return Report.Misses == 0 ? 0 : 1;
    }

    // The first third is for warming up: caches and pools fill, and code is compiled anew.
    private static void Judge(string what, IReadOnlyList<Minute> minutes, Func<Minute, double> figure, double limit, string unit)
    {
        var third = Math.Max(1, minutes.Count / 3);
        var second = Figures.Median(minutes.Skip(Math.Min(third, minutes.Count - 1)).Take(third).Select(figure));
        var last = Figures.Median(minutes.TakeLast(third).Select(figure));
        Report.AtMost($"{what}, last third of the time to the second ({second:0.#} to {last:0.#})", last / second, limit, unit);
    }

    private static async Task<IReadOnlyList<Minute>> WatchAsync(SoakOptions options, ServerProcess gateway, SteadyRun run, Scraper scraper)
    {
        Report.Line($"minute   requests  lost  p50 ms  p99 ms  RSS MB  heap MB  descriptors  threads  metrics KB");
        var minutes = new List<Minute>();
        var requests = 0L;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(options.Minutes) && !gateway.HasExited;)
        {
            for (var minute = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(minute) < s_minute;)
            {
                await Task.Delay(s_scrape);
                try
                {
                    await scraper.ScrapeAsync();
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
                {
                    run.Losses.Add("no metrics", exception.Message);
                }
            }

            var latencies = run.TakeLatencies();
            var figures = new Minute(
                gateway.ResidentBytes / Megabyte, Figures.Quantile(latencies, 0.99), CountOf(gateway, "fd"));
            minutes.Add(figures);
            Report.Line($"{minutes.Count,6} {run.Replies - requests,10} {run.Losses.Count,5} {Figures.Quantile(latencies, 0.5),7:F2} {figures.P99,7:F2} {figures.Resident,7:F0} {scraper.HeapBytes / Megabyte,8:F1} {figures.Descriptors,12:F0} {CountOf(gateway, "task"),8:F0} {scraper.Length / 1024.0,11:F1}");
            requests = run.Replies;
        }

        if (gateway.HasExited)
        {
            run.Losses.Add("the gateway has ended", "");
        }

        return minutes;
    }

    private static double CountOf(ServerProcess process, string what)
        => Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/{what}")).Count();

    private static async Task ChangeAsync(Changer changer, int rate, CancellationToken stopping)
    {
        var pace = new Pace(TimeSpan.FromSeconds(1.0 / rate));
        while (!stopping.IsCancellationRequested)
        {
            await changer.NextAsync();
            await pace.WaitAsync(stopping);
        }
    }

    private sealed record Minute(double Resident, double P99, double Descriptors);
}
