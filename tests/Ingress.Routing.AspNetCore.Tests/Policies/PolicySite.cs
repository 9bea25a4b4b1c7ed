using Ingress.Routing.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>A site whose one Ingress has annotations of ours, for host <c>h.test</c> and <c>/</c>. Its backend says what it was asked.</summary>
internal sealed class PolicySite : IAsyncDisposable
{
    private PolicySite(TestSite site, FakeTimeProvider time)
    {
        Site = site;
        Time = time;
    }

    public TestSite Site { get; }

    public FakeTimeProvider Time { get; }

    public static ClusterSnapshot Snapshot(params (string Name, string Text)[] annotations) => Snapshot("/", annotations);

    public static ClusterSnapshot Snapshot(string path, params (string Name, string Text)[] annotations) => Some.Snapshot(Some.Ingress(
        "t/i",
        [Some.Rule("h.test", Some.Prefix(path))],
        annotations: annotations.ToDictionary(pair => $"ingress.routing/{pair.Name}", pair => pair.Text)));

    public static Task<PolicySite> StartAsync(params (string Name, string Text)[] annotations) => StartAsync(Snapshot(annotations));

    public static async Task<PolicySite> StartAsync(
        ClusterSnapshot snapshot,
        RequestDelegate? serve = null,
        Action<IngressRoutingOptions>? options = null,
        Action<IIngressRoutingBuilder>? configure = null)
    {
        var time = new FakeTimeProvider();
        var site = await TestSite.StartAsync(
            snapshot,
            ingress =>
            {
                ingress.Services.AddSingleton<TimeProvider>(time);
                ingress.ConfigureIngressEndpoints(endpoint => endpoint.RequestDelegate ??= endpoint.Route.Service?.Name.Name == "web" ? serve ?? Echo : null);
                configure?.Invoke(ingress);
            },
            options: options);
        return new(site, time);
    }

    public Task<RawResponse> GetAsync(string target = "/", string method = "GET", params string[] headers)
        => RawResponse.SendAsync(
            Site.Port,
            $"{method} {target} HTTP/1.1\r\nHost: h.test\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    public async Task<int> StatusAsync(string target = "/", params string[] headers) => (await GetAsync(target, "GET", headers)).Status;

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private static Task Echo(HttpContext context)
    {
        var match = context.GetIngressMatch()!;
        context.Response.Headers["X-Backend"] = "web";
        var headers = context.Request.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal))
            .Select(header => $" {header.Key}={string.Join('|', header.Value.ToArray())}");
        return context.Response.WriteAsync($"{match.ForwardedPath}{match.ForwardedQuery}{string.Concat(headers)}");
    }
}
