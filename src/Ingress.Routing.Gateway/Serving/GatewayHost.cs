using System.Diagnostics.Metrics;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Gateway.Serving.Observability;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Puts the packages together to the server that <c>run</c> starts.</summary>
internal static class GatewayHost
{
    /// <summary>Builds the server; nothing but the development CA is read or opened yet.</summary>
    /// <exception cref="DevCertificateException">The development CA cannot be used.</exception>
    /// <param name="settings">What it serves, and where.</param>
    /// <param name="output">Where it reports.</param>
    /// <param name="error">Where it logs.</param>
    public static WebApplication Build(RunSettings settings, QueuedWriter output, QueuedWriter error)
    {
        // A line ends with CR LF. A bare LF is one more thing that two servers can read differently.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

        // The window of a response over HTTP/2 grows with its speed, to 16 MB of memory for each, and stays so when the client stops reading.
        AppContext.SetSwitch("System.Net.SocketsHttpHandler.Http2FlowControl.DisableDynamicWindowSizing", true);

        // Empty, so that nothing but the command line decides: no settings files of the current directory, no ASPNETCORE_URLS,
        // no host filter.
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        var listeners = new Listeners();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseIngressConnectionLimits(options =>
        {
            options.MaxClientConnections = settings.Limits.ClientConnections;
            options.MaxBackendConnections = settings.Limits.BackendConnections;
            options.MaxRequests = settings.Limits.Requests;
            options.MaxRequestsPerClient = settings.Limits.RequestsPerClient;
            options.MaxQueuedRequests = settings.Limits.QueuedRequests;
            options.BodyTimeout = settings.Limits.BodyTimeout is { } seconds ? LimitSettings.TimeOf(seconds) : options.BodyTimeout;
            options.ShutdownDelay = settings.ShutdownDelay;
            options.DrainTimeout = settings.DrainTimeout;
            options.OutlivesDrain = settings.IsAdmin;
        });
        listeners.Configure(builder.WebHost, settings);

        builder.Services.AddRouting();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(listeners);
        builder.Services.AddSingleton<ServiceAnswers>();
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        var throttle = AddLogging(builder.Logging, settings, listeners, error);
        AddRouting(builder.Services, settings);
        if (settings.Limits.File is { } limits)
        {
            LimitsFile.Add(builder.Services, limits, output);
        }

        AddDevCertificates(builder.Services, settings);
        AccessLogServices.Add(builder.Services, settings, output);
        TelemetryServices.Add(builder, settings);
        LateAssemblies.Load();
        var app = builder.Build();
        AccessLogServices.Start(app.Services);
        OutputMetrics.Create(app.Services.GetRequiredService<IMeterFactory>(), throttle, output, error);
        if (settings.Admin.Count > 0)
        {
            AdminEndpoints.Use(app);
        }

        if (settings.Verbose)
        {
            app.UseMiddleware<RequestLog>();
        }

        app.UseIngressRouting();
        return app;
    }

    private static void AddRouting(IServiceCollection services, RunSettings settings)
    {
        var routing = services.AddIngressRouting(options =>
        {
            options.ControllerName = settings.ControllerName;
            options.DefaultBackend = settings.DefaultBackend?.ToString();
            options.DefaultCertificate = settings.DefaultCertificate?.ToString();
            options.Tls = settings.Tls;
            options.StartupTimeout = settings.StartupTimeout ?? options.StartupTimeout;
            options.RequireMatchingServerName = settings.MatchServerName;
            options.HttpsPort = settings.Https is [{ EndPoints: [{ Port: > 0 and var port }, ..] }, ..] ? port : options.HttpsPort;
            settings.TrustedProxies.ToList().ForEach(options.TrustedProxies.Add);
            options.PassedHeaders.UnionWith(settings.PassedHeaders);
            options.MaxMeasuredRoutes = settings.Observability.MaxMeasuredRoutes ?? options.MaxMeasuredRoutes;
            options.SendGeneration = settings.Observability.SendGeneration;
            options.StandIns = ServiceAnswers.StandInsOf(settings);
            options.AllowLoopbackDestinations = settings.AllowsLoopback; // who can write files can reach this machine anyway
            ClusterSource.Configure(options, settings);
        });
        ClusterSource.Add(routing, settings);
        string[] files = [.. settings.Manifests.Where(static path => path != ManifestInput.StandardInput)];
        if (files.Length > 0)
        {
            routing.AddManifests(files);
        }

        if (files.Length < settings.Manifests.Count)
        {
            routing.AddSource(_ => new StandardInputSource(settings.StandardInput));
        }

        routing.AddForwarding(options =>
        {
            options.MaxRequestsPerService = settings.Limits.RequestsPerService;
            options.MaxHops = settings.Limits.Hops ?? options.MaxHops;
            settings.BackendFailures.ApplyTo(options);
        });
        if (settings.Nginx is not null)
        {
            routing.AddNginxAnnotations(settings.Nginx);
        }

        settings.Acme?.AddTo(routing, servesHttp: settings.Http.Count > 0);
        KeepNoKeys(services);
        services.AddSingleton<Forwarding.IServiceTargetProvider>(provider => provider.GetRequiredService<ServiceAnswers>());
        foreach (var resource in settings.Resources)
        {
            routing.AddStaticFileBackend(resource.Kind.ApiGroup, resource.Kind.Kind, resource.Directory);
        }
    }

    // YARP brings data protection along, for affinity cookies that nothing sets here. By default it writes a key to the home folder.
    private static void KeepNoKeys(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var keyWriter = services.Single(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly);
        services.Remove(keyWriter);
    }

    private static void AddDevCertificates(IServiceCollection services, RunSettings settings)
    {
        if (settings.DevCertificatesFolder is null)
        {
            return;
        }

        var folder = new DevCertificateFolder(settings.DevCertificatesFolder);
        services.AddSingleton(folder);
        services.AddSingleton<DevCertificateReport>();
        services.AddSingleton<IServerCertificateProvider>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return new DevCertificateProvider(folder.Open(time), time);
        });
    }

    // The framework's own entries about requests have the query in them, and those about addresses one that only exists inside; what they say
    // is said by the report and by RequestLog.
    private static LogThrottle AddLogging(ILoggingBuilder logging, RunSettings settings, Listeners listeners, QueuedWriter error)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        if (settings.Verbose)
        {
            logging.AddFilter("Ingress.Routing", LogLevel.Debug);
        }

        // Nothing of it would be written, and while it might the server makes two activities for each request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // A start that fails is reported by 'run' in one line, not with a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddFilter(
            "Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Warning && (level < LogLevel.Critical || listeners.HaveStarted));
        var throttle = new LogThrottle(TimeProvider.System);
        logging.AddProvider(new GatewayLoggerProvider(
            settings.Observability.IsLogJson ? new JsonLogFormatter(TimeProvider.System, settings.Verbose) : new LogFormatter(TimeProvider.System, settings.Verbose),
            throttle,
            error));
        return throttle;
    }
}
