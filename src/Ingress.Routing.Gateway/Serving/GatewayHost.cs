using Ingress.Routing.AspNetCore;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Puts the packages together to the server that <c>run</c> starts.</summary>
internal static class GatewayHost
{
    /// <summary>Builds the server; nothing but the development CA is read or opened yet.</summary>
    /// <exception cref="DevCertificateException">The development CA cannot be used.</exception>
    public static WebApplication Build(RunSettings settings)
    {
        // Empty, so that nothing but the command line decides: no settings files of the current directory, no ASPNETCORE_URLS,
        // no host filter.
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        var listeners = new Listeners();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        listeners.Configure(builder.WebHost, settings);

        builder.Services.AddRouting();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(listeners);
        builder.Services.AddSingleton<ServiceAnswers>();
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTimeout);
        AddLogging(builder.Logging, settings);
        AddRouting(builder.Services, settings);
        AddDevCertificates(builder.Services, settings);
        if (settings.Admin.Count > 0)
        {
            AddMetrics(builder.Services);
        }

        var app = builder.Build();
        if (settings.Admin.Count > 0)
        {
            AdminEndpoints.Use(app);
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
            options.AllowLoopbackDestinations = true; // whoever can write the files can reach this machine anyway
        });
        string[] files = [.. settings.Manifests.Where(static path => path != ManifestInput.StandardInput)];
        if (files.Length > 0)
        {
            routing.AddManifests(files);
        }

        if (files.Length < settings.Manifests.Count)
        {
            routing.AddSource(_ => new StandardInputSource(settings.StandardInput));
        }

        routing.AddForwarding();
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

    private static void AddMetrics(IServiceCollection services)
        => services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(IngressRoutingTelemetry.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());

    private static void AddLogging(ILoggingBuilder logging, RunSettings settings)
    {
        logging.SetMinimumLevel(settings.Verbose ? LogLevel.Information : LogLevel.Warning);
        if (settings.Verbose)
        {
            logging.AddFilter("Ingress.Routing", LogLevel.Debug);
        }

        // A start that fails is reported by 'run' in one line, not with a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.Services.AddSingleton<ConsoleFormatter, LogFormatter>();
        logging.AddConsole(console =>
        {
            console.FormatterName = LogFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
    }
}
