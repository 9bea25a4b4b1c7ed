using System.CommandLine;
using System.Net.Sockets;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>run</c>: serves manifests until a signal.</summary>
internal static class RunCommand
{
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
        try
        {
            return await ServeAsync(settings, output, error, cancellationToken);
        }
        catch (DevCertificateException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ServeAsync(RunSettings settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (settings.Http3 && !Listeners.IsQuicSupported)
        {
            await error.WriteLineAsync(
                "HTTP/3 is not served: this platform has no QUIC. Linux needs the library libmsquic, Windows version 11 or Server 2022. "
                + "HTTP/1.1 and HTTP/2 are served.");
        }

        await using var app = GatewayHost.Build(settings);
        using var reporter = ActivatorUtilities.CreateInstance<ChangeReporter>(app.Services, output);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await error.WriteLineAsync($"Cannot listen on {Describe(settings)}: {exception.Message}");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success; // a signal while the start waited for the manifests
        }

        app.Lifetime.ApplicationStopping.Register(() => error.WriteLine(
            $"Stopping: requests in flight have {settings.DrainTimeout.TotalSeconds:0} seconds to finish; Ctrl-C again ends at once."));
        var reporting = reporter.RunAsync(app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync(cancellationToken);
        await reporting;
        return ExitCode.Success;
    }

    private static string Describe(RunSettings settings)
        => string.Join(", ", settings.Http.Concat(settings.Https).Concat(settings.Admin).Select(address => address.Text));
}
