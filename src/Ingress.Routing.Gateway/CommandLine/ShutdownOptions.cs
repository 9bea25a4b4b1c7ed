using System.CommandLine;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> that say how it ends.</summary>
internal sealed class ShutdownOptions
{
    // What sends requests here in a cluster needs that long to notice that a Pod is not ready (K44).
    private static readonly TimeSpan s_delayInCluster = TimeSpan.FromSeconds(5);

    private readonly Option<TimeSpan?> _delay = Duration(
        "--shutdown-delay",
        3600,
        "How long new connections are taken after a signal, while /readyz says 503 and answers ask clients to leave. The default is 5s with "
            + "--kubernetes, and 0 without.");

    private readonly Option<TimeSpan?> _drainTimeout = Duration(
        "--drain-timeout", 86_400, "How long what is open may go on after that, before it is cut off. The default is 30s.");

    public IEnumerable<Option> All => [_delay, _drainTimeout];

    public RunSettings AddTo(RunSettings settings, ParseResult parsed) => settings with
    {
        ShutdownDelay = parsed.GetValue(_delay) ?? (settings.Kubernetes is not null ? s_delayInCluster : TimeSpan.Zero),
        DrainTimeout = parsed.GetValue(_drainTimeout) ?? settings.DrainTimeout,
    };

    private static Option<TimeSpan?> Duration(string name, int most, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = argument => CommonOptions.ReadOne(
            argument,
            $"seconds such as '15', or a duration such as '1m30s', of at most {most} seconds",
            (string text, out TimeSpan? time) =>
            {
                var isTime = DurationText.TryParse(text, out var read) && read.TotalSeconds <= most;
                time = read;
                return isTime;
            }),
    };
}
