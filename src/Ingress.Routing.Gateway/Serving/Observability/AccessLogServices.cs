using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Registers the access log, if it was asked for.</summary>
internal static class AccessLogServices
{
    // Some thousand lines, which is a moment under the highest load.
    private const int MostBytesWaiting = 4 * 1024 * 1024;

    public static void Add(IServiceCollection services, RunSettings settings, QueuedWriter output)
    {
        if (settings.Observability.AccessLog is not { } format)
        {
            return;
        }

        ILineTarget target = settings.Observability.AccessLogFile is { } path ? new FileTarget(path) : new TextTarget(output);
        services.AddSingleton(provider => CreateQueue(target, provider));
        services.AddSingleton<IIngressRequestObserver>(provider => new AccessLogWriter(
            provider.GetRequiredService<LineQueue>(), format, settings.Observability.AccessLogQuery, provider.GetRequiredService<TimeProvider>()));
        if (target is FileTarget && !OperatingSystem.IsWindows())
        {
            services.AddSingleton(provider => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true; // the process goes on
                provider.GetRequiredService<LineQueue>().Reopen();
            }));
        }
    }

    /// <summary>Begins to listen to signals, and to count what is lost; nothing asks for either.</summary>
    public static void Start(IServiceProvider services)
    {
        services.GetService<PosixSignalRegistration>();
        if (services.GetService<LineQueue>() is { } queue)
        {
            services.GetRequiredService<IMeterFactory>().Create(IngressRoutingTelemetry.MeterName).CreateObservableCounter(
                "ingress_routing.access_log.lost", () => queue.Lost, "{line}", "Lines of the access log that were lost.");
        }
    }

    private static LineQueue CreateQueue(ILineTarget target, IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<AccessLogWriter>>();
        return new(target, MostBytesWaiting, exception => AccessLogMessages.NotWritten(logger, exception.Message));
    }
}
