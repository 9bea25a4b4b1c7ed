using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>A real authentication service: it remembers what it was asked, and answers as the test says.</summary>
internal sealed class AuthService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AuthService(WebApplication app) => _app = app;

    public string Url => $"http://127.0.0.1:{Port}";

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>What it was asked: method, target and headers.</summary>
    public ConcurrentQueue<(string Method, string Target, Dictionary<string, string> Headers)> Questions { get; } = new();

    public static async Task<AuthService> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var service = new AuthService(app);
        app.Run(context =>
        {
            var request = context.Request;
            service.Questions.Enqueue((
                request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            return answer(context);
        });
        await app.StartAsync();
        return service;
    }

    /// <summary>One that always answers with a status and headers.</summary>
    public static Task<AuthService> StartAsync(int status, params (string Name, string Value)[] headers) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers.Append(name, value);
        }

        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
