using Ingress.Routing.Forwarding.Tests.Backends;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.LoadBalancing;

namespace Ingress.Routing.Forwarding.Tests.Health;

/// <summary>A gateway before a few endpoints, each of which does with its requests what the test says, and may be told otherwise.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly List<Func<RawConnection, Task<bool>>> _answers;

    private Fleet(List<Func<RawConnection, Task<bool>>> answers)
    {
        _answers = answers;
        Endpoints = [.. answers.Select((_, i) => new FaultyBackend((connection, _) => _answers[i](connection)))];
    }

    public IReadOnlyList<FaultyBackend> Endpoints { get; }

    public Proxy Proxy { get; private set; } = null!;

    public LogLines Log { get; } = new(LogLevel.Information);

    public IEnumerable<int> Ports => Endpoints.Select(static endpoint => endpoint.Port);

    /// <summary>How many requests each endpoint got.</summary>
    public IEnumerable<int> Counts => Endpoints.Select(static endpoint => endpoint.Requests.Count);

    public static async Task<Fleet> StartAsync(
        Func<RawConnection, Task<bool>>[] answers, Action<IngressForwardingOptions>? configure = null, params (string Name, string Text)[] annotations)
    {
        var fleet = new Fleet([.. answers]);
        fleet.Proxy = await Proxy.StartAsync(
            Site.Of(fleet.Ports, annotations),
            options =>
            {
                options.LoadBalancingPolicy = LoadBalancingPolicies.RoundRobin;
                configure?.Invoke(options);
            },
            services => services.AddLogging(logging => logging.AddProvider(fleet.Log)));
        return fleet;
    }

    /// <summary>Has an endpoint do something else from now on.</summary>
    public void Tell(int endpoint, Func<RawConnection, Task<bool>> answer) => _answers[endpoint] = answer;

    /// <summary>Sends requests one after the other.</summary>
    /// <returns>The different statuses.</returns>
    public async Task<IEnumerable<int>> AskAsync(int count)
    {
        var statuses = new SortedSet<int>();
        for (var i = 0; i < count; i++)
        {
            statuses.Add(await Proxy.StatusAsync());
        }

        return statuses;
    }

    public bool HasLogged(string text) => Log.Entries.Any(line => line.Contains(text, StringComparison.Ordinal));

    public static Task<bool> Ok(RawConnection connection) => FaultyBackend.OkAsync(connection);

    /// <summary>Resets the connection instead of answering.</summary>
    public static Task<bool> Reset(RawConnection connection)
    {
        connection.Reset();
        return Task.FromResult(false);
    }

    public static Func<RawConnection, Task<bool>> Status(int status) => async connection =>
    {
        await connection.WriteAsync($"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n");
        return true;
    };

    /// <summary>Never answers.</summary>
    public static async Task<bool> Freeze(RawConnection connection)
    {
        await connection.ReadToEndAsync();
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        foreach (var endpoint in Endpoints)
        {
            await endpoint.DisposeAsync();
        }
    }
}
