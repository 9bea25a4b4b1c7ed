using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding;
using Ingress.Routing.Gateway.CommandLine;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>The file of <c>--limits-file</c>, read again whenever it changes.</summary>
/// <remarks>
/// It is looked at every second instead of watched: a mounted ConfigMap changes by a symbolic link, of which no file system tells. A version that cannot be
/// used leaves the last one in force.
/// </remarks>
internal sealed partial class LimitsFile(string path, TextWriter report, ILogger<LimitsFile> logger)
    : BackgroundService,
        IConfigureOptions<IngressConnectionOptions>, IConfigureOptions<IngressForwardingOptions>,
        IOptionsChangeTokenSource<IngressConnectionOptions>, IOptionsChangeTokenSource<IngressForwardingOptions>
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private string _text = "";
    private volatile LimitSettings? _settings;
    private CancellationTokenSource _change = new();

    public string Name => Options.DefaultName;

    /// <summary>Reads a file before anything is served.</summary>
    /// <exception cref="SettingsException">It cannot be used.</exception>
    public static void Check(string path)
    {
        try
        {
            LimitSettings.Read(path, File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"--limits-file: '{path}' cannot be read: {failure.Message}");
        }
    }

    public static void Add(IServiceCollection services, string path, TextWriter report)
    {
        services.AddSingleton(provider => new LimitsFile(path, report, provider.GetRequiredService<ILogger<LimitsFile>>()));
        services.AddSingleton<IHostedService>(Find);
        services.AddSingleton<IConfigureOptions<IngressConnectionOptions>>(Find);
        services.AddSingleton<IConfigureOptions<IngressForwardingOptions>>(Find);
        services.AddSingleton<IOptionsChangeTokenSource<IngressConnectionOptions>>(Find);
        services.AddSingleton<IOptionsChangeTokenSource<IngressForwardingOptions>>(Find);
    }

    public void Configure(IngressConnectionOptions options) => Current().ApplyTo(options);

    public void Configure(IngressForwardingOptions options) => Current().ApplyTo(options);

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _change).Token);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends without a word: a host whose start has failed takes anything else for a fault.
        using var timer = new PeriodicTimer(s_look);
        using var stop = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (TryReadChange())
            {
                await Interlocked.Exchange(ref _change, new()).CancelAsync();
                await report.WriteLineAsync($"Changed: the limits are those of '{PrintableText.Escape(path)}' now.");
            }
        }
    }

    private static LimitsFile Find(IServiceProvider provider) => provider.GetRequiredService<LimitsFile>();

    private LimitSettings Current()
    {
        if (_settings is null)
        {
            TryReadChange();
        }

        return _settings ?? new();
    }

    private bool TryReadChange()
    {
        try
        {
            var text = File.ReadAllText(path);
            if (text == _text)
            {
                return false;
            }

            _text = text; // what cannot be used is told once
            _settings = LimitSettings.Read(path, text);
            return true;
        }
        catch (SettingsException problem)
        {
            Log.Unusable(logger, problem.Message);
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.Unreadable(logger, path, failure.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Problem} The limits stay as they are.", EventName = "LimitsUnusable")]
        public static partial void Unusable(ILogger logger, string problem);

        [LoggerMessage(2, LogLevel.Warning, "The limits in '{File}' cannot be read, and stay as they are: {Problem}", EventName = "LimitsUnreadable")]
        public static partial void Unreadable(ILogger logger, string file, string problem);
    }
}
