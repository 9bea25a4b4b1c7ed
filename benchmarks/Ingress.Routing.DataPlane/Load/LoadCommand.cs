using System.Globalization;

namespace Ingress.Routing.DataPlane.Load;

/// <summary><c>load</c>: the client alone, against a server that runs already; to profile it, for one.</summary>
internal static class LoadCommand
{
    private const int Connections = 16;

    /// <param name="arguments">Port, number of hosts, seconds, and perhaps requests a second; without the last as many as there can be.</param>
    public static int Run(string[] arguments)
    {
        var numbers = Array.ConvertAll(arguments, static text => int.Parse(text, CultureInfo.InvariantCulture));
        var load = new LoadGenerator(numbers[0], Requests.ToHosts(numbers[1]), Connections);
        var time = TimeSpan.FromSeconds(numbers[2]);
        var result = numbers.Length > 3 ? load.Pace(numbers[3], time) : load.Saturate(time);
        Report.Line($"{result.Requests} answered, {result.Failures} failed, {result.PerSecond:F0} a second, p50 {result.P50:F0} us, p99 {result.P99:F0} us");
        return result.Failures == 0 ? 0 : 1;
    }
}
