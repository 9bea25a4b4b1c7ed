using System.CommandLine;
using System.Net.Sockets;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Gateway.Serving;
using Ingress.Routing.Gateway.Serving.Observability;
using Ingress.Routing.Kubernetes;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>run</c>: serves manifests until a signal.</summary>
internal static class RunCommand
{
    // A megabyte or two; some ten thousand lines.
    private const int MostCharsWaiting = 1024 * 1024;

    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    /// <param name="input">Standard input.</param>
    public static Command Create(TextReader input)
    {
        var command = new Command(
            "run",
            "Serves manifests until Ctrl-C or SIGTERM; requests in flight then have 30 seconds to finish, unless Ctrl-C comes again.");
        var options = new RunOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Read(parsed) with { StandardInput = input }, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    /// <summary>Serves until a signal or until it is cancelled, and drains.</summary>
    public static async Task<int> RunAsync(RunSettings settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // The report may wait for a slow reader, for it is written beside what serves. The log may not.
        await using var report = new QueuedWriter(output, MostCharsWaiting, TimeSpan.FromSeconds(2));
        await using var log = new QueuedWriter(error, MostCharsWaiting, TimeSpan.Zero);
        var lines = RunLines.Of(settings.Observability, report, log);
        try
        {
            return await ServeAsync(settings, lines, cancellationToken);
        }
        catch (Exception exception) when (exception is DevCertificateException or AccessLogException or Acme.AcmeStorageException)
        {
            await lines.Log.WriteLineAsync(exception.Message);
            return ExitCode.Failure;
        }
        catch (KubernetesConfigurationException exception)
        {
            await lines.Log.WriteLineAsync(PrintableText.Escape(exception.Message));
            return ExitCode.Usage;
        }
        catch (SettingsException exception)
        {
            await log.WriteLineAsync(exception.Message);
            return ExitCode.Usage;
        }
        catch (OptionsValidationException exception)
        {
            foreach (var failure in exception.Failures)
            {
                await lines.Log.WriteLineAsync(PrintableText.Escape(OptionNames.InsteadOfMember(failure)));
            }

            return ExitCode.Usage;
        }
    }

    private static async Task<int> ServeAsync(RunSettings settings, RunLines lines, CancellationToken cancellationToken)
    {
        if (settings.Http3 && !Listeners.IsQuicSupported)
        {
            await lines.Log.WriteLineAsync(
                "HTTP/3 is not served: this platform has no QUIC. Linux needs the library libmsquic, Windows version 11 or Server 2022. "
                + "HTTP/1.1 and HTTP/2 are served.");
        }

        if (settings.Limits.File is { } limits)
        {
            LimitsFile.Check(limits);
        }

        if (ListenProblem.OfSettings(settings) is { } problem)
        {
            await lines.Log.WriteLineAsync(problem);
            return ExitCode.Usage;
        }

        await using var app = GatewayHost.Build(settings, lines.Output, lines.Error);
        var listeners = app.Services.GetRequiredService<Listeners>();
        using var reporter = ActivatorUtilities.CreateInstance<ChangeReporter>(app.Services, lines.Report);
        try
        {
            await app.StartAsync(cancellationToken);
            listeners.HaveStarted = true;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await app.DisposeAsync(); // gives back what was opened, so that what is in the way can be found
            await lines.Log.WriteLineAsync(ListenProblem.Of(exception, settings));
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success; // a signal while the start waited for the manifests
        }

        await ScarceFiles.WarnAsync(app.Services.GetRequiredService<ConnectionBudget>(), settings.Limits, lines.Log);
        app.Lifetime.ApplicationStopping.Register(() => lines.Log.WriteLine(Farewell(settings)));
        var reporting = reporter.RunAsync(app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync(cancellationToken);
        await Task.WhenAny(reporting, Task.Delay(s_lastWords, CancellationToken.None)); // a pipe may be full, and its reader asleep
        return ExitCode.Success;
    }

    private static string Farewell(RunSettings settings)
    {
        var delay = settings.ShutdownDelay > TimeSpan.Zero ? $"new ones are served for {Seconds(settings.ShutdownDelay)} yet, and " : "";
        return $"Stopping: {delay}requests in flight have {Seconds(settings.DrainTimeout)} to finish; Ctrl-C again ends at once.";
    }

    private static string Seconds(TimeSpan time) => PrintableText.Count((int)Math.Round(time.TotalSeconds), "second");
}
