using System.Runtime.InteropServices;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Registers what tells about requests, as it was asked for.</summary>
internal static class ObservabilityServices
{
    // Some thousand lines, which is a moment under the highest load.
    private const int MostBytesWaiting = 4 * 1024 * 1024;

    public static void AddAccessLog(IServiceCollection services, RunSettings settings, QueuedWriter output)
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

    /// <summary>Begins to listen to signals, which nothing asks for.</summary>
    public static void Start(IServiceProvider services) => services.GetService<PosixSignalRegistration>();

    private static LineQueue CreateQueue(ILineTarget target, IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<AccessLogWriter>>();
        return new(target, MostBytesWaiting, exception => AccessLogMessages.NotWritten(logger, exception.Message));
    }
}
