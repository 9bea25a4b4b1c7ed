using System.CommandLine;
using System.Globalization;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> that say how it ends.</summary>
internal sealed class ShutdownOptions
{
    // The controllers and load balancers of a cluster need that long to notice that a Pod is not ready.
    private static readonly TimeSpan s_delayInPod = TimeSpan.FromSeconds(15);

    private readonly Option<TimeSpan?> _delay = Seconds(
        "--shutdown-delay",
        3600,
        "How long new connections are taken after a signal, while /readyz says 503 and answers ask clients to leave. The default is 15 in a Pod with "
            + "--kubernetes, and 0 elsewhere.");

    private readonly Option<TimeSpan?> _drainTimeout = Seconds(
        "--drain-timeout", 86_400, "How long what is open may go on after that, before it is cut off. The default is 30.");

    public IEnumerable<Option> All => [_delay, _drainTimeout];

    public RunSettings AddTo(RunSettings settings, ParseResult parsed) => settings with
    {
        ShutdownDelay = parsed.GetValue(_delay) ?? (settings.Kubernetes is not null && IsInPod ? s_delayInPod : TimeSpan.Zero),
        DrainTimeout = parsed.GetValue(_drainTimeout) ?? settings.DrainTimeout,
    };

    private static bool IsInPod => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"));

    private static Option<TimeSpan?> Seconds(string name, int most, string description) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = argument => CommonOptions.ReadOne(argument, $"seconds from 0 to {most}", (string text, out TimeSpan? time) =>
        {
            var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= most;
            time = TimeSpan.FromSeconds(seconds);
            return isNumber;
        }),
    };
}
