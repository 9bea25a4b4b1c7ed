using System.Diagnostics;
using Ingress.Routing.DataPlane.Steady;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary><c>changes</c>: whether any request is lost while the manifests change, and how soon a change is in force.</summary>
internal static class ChangesCommand
{
    // Long enough for a percentile, and short enough for its neighbour to share what else happens on the machine.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] arguments)
    {
        ChangesOptions options;
        try
        {
            options = ChangesOptions.Read(arguments);
        }
        catch (ArgumentException exception)
        {
            Report.Line($"{exception.Message}");
            return 2;
        }

        foreach (var ingresses in options.Ingresses)
        {
            await RunAsync(options, ingresses);
        }

        Report.Line($"");
        Report.Line($"{Report.Misses} goals missed");
        return Report.Misses == 0 ? 0 : 1;
    }

    private static async Task RunAsync(ChangesOptions options, int ingresses)
    {
        Report.Title($"{ingresses} further Ingresses, {options.Minutes} minutes");
        await using var served = await ServedWorld.StartAsync(ingresses, options.Gateway);
        await using var run = await served.LoadAsync();
        await Task.Delay(s_warmUp);
        _ = run.TakeLatencies();

        var (quiet, changing, requests) = (new List<double>(), new List<double>(), run.Replies);
        var processor = served.Gateway.ProcessorMicroseconds;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(options.Minutes))
        {
            await Task.Delay(s_window);
            quiet.Add(Figures.Quantile(run.TakeLatencies(), 0.99));
            await ChangeAsync(run.Changer, options.Rate);
            changing.Add(Figures.Quantile(run.TakeLatencies(), 0.99));
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        processor = served.Gateway.ProcessorMicroseconds - processor;
        await run.EndAsync();

        Report.Line($"{run.Replies} requests, {(run.Replies - requests) / elapsed.TotalSeconds:F0} a second; {run.Changer.Changes} changes; {processor / (run.Replies - requests):F0} us of processor time for each request, changes included");
        Report.Line($"generations that no change asked for: {run.Unasked}");
        foreach (var loss in run.Losses.Describe())
        {
            Report.Line($"LOST: {loss}");
        }

        Report.AtMost("requests failed, misrouted or cut", run.Losses.Count, 0, "");
        Report.AtMost("file written to route served, median", Figures.Median(run.Changer.Written), 30, "ms");
        Report.Line($"the same, p90 {Figures.Quantile(run.Changer.Written, 0.9):F1} ms, p99 {Figures.Quantile(run.Changer.Written, 0.99):F1} ms; file deleted, median {Figures.Median(run.Changer.Removed):F1} ms");
        Report.Line($"p99 of requests, median of windows: {Figures.Median(quiet):F2} ms in quiet, {Figures.Median(changing):F2} ms while files change");
        Report.AtMost("p99 while files change, of that in quiet", Figures.Ratio(changing, quiet), 1.1, "");
    }

    private static async Task ChangeAsync(Changer changer, int rate)
    {
        var pace = new Pace(TimeSpan.FromSeconds(1.0 / rate));
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_window;)
        {
            await changer.NextAsync();
            await pace.WaitAsync(CancellationToken.None);
        }
    }
}
