using System.Net.Sockets;
using System.Security.Authentication;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Shakes hands again and again, and keeps each connection for some requests.</summary>
internal static class TlsClient
{
    private const int Requests = 5;

    public static async Task RunAsync(Surroundings run, TimeSpan interval, CancellationToken stopping)
    {
        var pace = new Pace(interval);
        for (var i = 0; !stopping.IsCancellationRequested; i++)
        {
            var subject = run.World.Secrets[i % run.World.Secrets.Count];
            try
            {
                var before = run.Timeline.InForce.Change;
                using var connection = await Http1Connection.OpenAsync(run.HttpsPort, subject.Host);
                var (from, to) = subject.VersionsBetween(before, run.Timeline.Begun);
                if (connection.Thumbprint is not { } thumbprint || !subject.IsShownBetween(from, to, thumbprint))
                {
                    run.Losses.Add("wrong certificate", $"{subject.Host}: {connection.Thumbprint}, versions {from} to {to}");
                }

                for (var request = 0; request < Requests && !stopping.IsCancellationRequested; request++)
                {
                    var sent = run.Timeline.InForce;
                    run.Judge.Look("TLS", subject, sent, await connection.SendAsync(subject.Host, "/"));
                    await pace.WaitAsync(stopping);
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException)
            {
                run.Losses.Add("TLS cut", $"{subject.Host}: {exception.Message}");
                await pace.WaitAsync(stopping);
            }
        }
    }
}
