using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>What runs in the process of a contender on Kestrel. They differ in nothing but how they come by a certificate.</summary>
internal static class KestrelServer
{
    public const string Argument = "--tls-server";
    public const string OneCertificate = "static";
    public const string Selector = "selector";
    public const string Ingress = "ingress";

    /// <summary>Names at the contenders on Kestrel, but for the one with a single certificate.</summary>
    public const int Names = 10_000;

    /// <summary>Writes the port, then what was allocated so far for each line that comes in. Ends with the input, so that nobody outlives the parent.</summary>
    public static async Task RunAsync(string contender)
    {
        await using var app = Build(contender);
        await app.StartAsync();
        for (var router = app.Services.GetService<IngressRouter>(); router is { HasPublished: false };)
        {
            await Task.Delay(50);
        }

        Say(new Uri(app.Urls.First()).Port);
        while (Console.ReadLine() is not null)
        {
            Say(GC.GetTotalAllocatedBytes());
        }
    }

    private static WebApplication Build(string contender)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        if (contender == Ingress)
        {
            builder.Services.AddIngressRouting().AddSnapshot(NamedCertificates.Snapshot(Names));
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => UseHttps(listen, contender)));
        var app = builder.Build();
        app.Run(static context => context.Response.WriteAsync("ok"));
        return app;
    }

    private static void UseHttps(ListenOptions listen, string contender)
    {
        switch (contender)
        {
            case OneCertificate:
                listen.UseHttps(NamedCertificates.Load(ServerNames.Name(0)));
                break;
            case Selector:
                var certificates = Enumerable.Range(0, Names).Select(ServerNames.Name)
                    .ToDictionary(static name => name, NamedCertificates.Load, StringComparer.OrdinalIgnoreCase);
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificateSelector = (_, name) => certificates.GetValueOrDefault(name ?? ""),
                });
                break;
            case Ingress:
                listen.UseIngressHttps();
                break;
            default:
                throw new ArgumentException($"There is no contender '{contender}'.", nameof(contender));
        }
    }

    private static void Say(long number) => Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
}
