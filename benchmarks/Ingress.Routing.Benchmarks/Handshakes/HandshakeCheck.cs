using System.Diagnostics;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>The self-check of <c>--tls</c>: what a full handshake costs, side by side with the usual ways to choose a certificate and with nginx.</summary>
internal static class HandshakeCheck
{
    private const int Threads = 8;

    // Names that are asked for until the compiler is done, and no longer new when first handshakes are counted.
    private const int WarmUpNames = 500;
    private const int WarmUps = 4_000;

    // The runtime drops the OpenSSL contexts that no connection uses whenever their number reaches a multiple of 32. Fewer names than that keep theirs.
    private const int FewNames = 16;

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);

    public static void Run(bool isQuick)
    {
        var start = Stopwatch.GetTimestamp();
        var rounds = isQuick ? 9 : 31;
        Report.Line($"{Environment.OSVersion}, .NET {Environment.Version}, {Environment.ProcessorCount} processors, {rounds} interleaved rounds of {s_round.TotalSeconds:0.#} s, {Threads} connections at once");
        Report.Line($"server on the first processor, client on the others; TLS 1.3, X25519, P-256 certificates, nothing resumed, no request");

        HandshakeServer?[] started =
        [
            HandshakeServer.Kestrel("static certificate", KestrelServer.OneCertificate, names: 1),
            HandshakeServer.Kestrel("ServerCertificateSelector", KestrelServer.Selector),
            HandshakeServer.Kestrel("UseIngressHttps", KestrelServer.Ingress),
            HandshakeServer.Kestrel($"the same, {FewNames} names asked for", KestrelServer.Ingress, FewNames),
            HandshakeServer.Nginx(),
        ];
        HandshakeServer[] servers = [.. started.OfType<HandshakeServer>()];
        try
        {
            var client = new HandshakeClient(Threads);
            First(client, servers);
            var measured = Steady(client, servers, rounds);
            Targets(measured, hasNginx: started[^1] is not null);
        }
        finally
        {
            Array.ForEach(servers, static server => server.Dispose());
        }

        Report.Line($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
    }

    // Whatever is built at the first handshake of a name is built here. Every name is asked for with a request, so that a contender that
    // answers nothing cannot win.
    private static void First(HandshakeClient client, HandshakeServer[] servers)
    {
        Report.Title("First handshake of each name, one request included");
        Report.Line($"{"",-31} {"names",7} {"CPU of server",14} {"allocated",11} {"process before and after",26}");
        foreach (var server in servers)
        {
            var known = Math.Min(WarmUpNames, server.Names);
            client.Run(server.Port, Names.Cycle(0, known, WarmUps), asks: true);
            var before = server.Megabytes;
            var count = Math.Max(server.Names - known, WarmUps);
            var round = HandshakeRound.Measure(client, server, Names.Cycle(known % server.Names, server.Names - (known % server.Names), count), asks: true);
            if (server.Names > known)
            {
                Report.Line($"{server.Name,-31} {server.Names - known,7} {round.Microseconds,11:F0} us {Bytes(round.Bytes),11} {before,14:F0} MB {server.Megabytes,6:F0} MB");
            }
        }
    }

    private static HandshakeRound[][] Steady(HandshakeClient client, HandshakeServer[] servers, int rounds)
    {
        var measured = Array.ConvertAll(servers, _ => new HandshakeRound[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                measured[i][round] = HandshakeRound.Measure(client, servers[i], Names.Drawn(servers[i].Names, round, s_round));
            }
        }

        Report.Title("Later handshakes, names at random: median (lowest to highest round)");
        Report.Line($"{"",-31} {"handshakes/s",22} {"CPU of server, us",22} {"CPU of client",14} {"allocated",11} {"load",6}");
        for (var i = 0; i < servers.Length; i++)
        {
            Report.Line($"{servers[i].Name,-31} {Spread(measured[i], static round => round.PerSecond),22} {Spread(measured[i], static round => round.Microseconds),22} {Median(measured[i], static round => round.ClientMicroseconds),11:F0} us {Bytes(Median(measured[i], static round => round.Bytes)),11} {Median(measured[i], static round => round.Load),6:P0}");
        }

        return measured;
    }

    private static void Targets(HandshakeRound[][] measured, bool hasNginx)
    {
        Report.Title("UseIngressHttps: median of the ratios of each round");
        var ours = measured[2];
        Report.AtLeast("handshakes by the clock, of one static certificate", Ratio(ours, measured[0], static round => round.PerSecond), 0.97, "x");
        Report.AtLeast("handshakes by CPU of server, of one static certificate", 1 / Ratio(ours, measured[0], static round => round.Microseconds), 0.97, "x");
        Report.Line($"the latter where {FewNames} names are asked for: {1 / Ratio(measured[3], measured[0], static round => round.Microseconds):0.##} x");
        Report.AtMost("CPU of server, of ServerCertificateSelector", Ratio(ours, measured[1], static round => round.Microseconds), 0.6, "x");
        if (hasNginx)
        {
            Report.AtMost("CPU of server, of nginx", Ratio(ours, measured[4], static round => round.Microseconds), 2, "x");
        }
    }

    // Neighbours in time share what else happens on the machine.
    private static double Ratio(HandshakeRound[] ours, HandshakeRound[] theirs, Func<HandshakeRound, double> figure)
        => Contender.Median([.. ours.Zip(theirs, (our, their) => figure(our) / figure(their))]);

    private static double Median(HandshakeRound[] rounds, Func<HandshakeRound, double> figure) => Contender.Median(Array.ConvertAll(rounds, round => figure(round)));

    private static string Spread(HandshakeRound[] rounds, Func<HandshakeRound, double> figure)
        => FormattableString.Invariant($"{Median(rounds, figure):F0} ({rounds.Min(figure):F0} to {rounds.Max(figure):F0})");

    private static string Bytes(double bytes) => double.IsNaN(bytes) ? "" : FormattableString.Invariant($"{bytes / 1024:F1} KiB");
}
