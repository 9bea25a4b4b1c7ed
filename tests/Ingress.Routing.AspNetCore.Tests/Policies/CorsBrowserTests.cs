using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>A real browser reads what it may read, and nothing else. It decides by the headers alone, so it is the one to ask about them.</summary>
public sealed class CorsBrowserTests
{
    private const string Browser = "chromium";

    // Asks for h.test from another site: plainly, with a method that needs a preflight request, and with credentials.
    private const string Page = """
        <script type="module">
          const api = `http://h.test:${location.port}`;
          const ask = async (path, init) => { try { return await (await fetch(api + path, init)).text(); } catch { return 'refused'; } };
          const results = [
            await ask('/get'), await ask('/put', { method: 'PUT', headers: { 'X-Key': '1' } }), await ask('/credentials', { credentials: 'include' }),
            await ask('/delete', { method: 'DELETE' }),
          ];
          await fetch('/report?' + results.join(','));
          if (location.hostname === 'evil.test') location = `http://good.test:${location.port}/page`;
        </script>
        """;

    [FactWithTool(Browser)]
    public async Task Browser_ReadsAnswers_OfAdmittedOriginsAlone()
    {
        var reports = new ConcurrentDictionary<string, string>();
        var asked = new ConcurrentQueue<string>();
        var isDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await PolicySite.StartAsync(
            Snapshot("https://other.test"),
            context => AnswerAsync(context, reports, asked, isDone));
        site.Site.Router.Publish(IngressRouteTable.Compile(Snapshot($"http://good.test:{site.Site.Port}, https://other.test")));
        var profile = Directory.CreateTempSubdirectory("chromium-");
        using var process = Start(profile.FullName, $"http://evil.test:{site.Site.Port}/page");
        try
        {
            await isDone.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        Assert.Equal("refused,refused,refused,refused", reports["evil.test"]);
        Assert.Equal("secret of /get,secret of /put,secret of /credentials,refused", reports["good.test"]);

        // A plain request is sent by every page, and only its answer is kept from it. One that needs a preflight request is not sent at all; the question of a page that is not admitted is for the backend.
        Assert.Equal(["GET /credentials", "GET /credentials", "GET /get", "GET /get", "OPTIONS /delete", "OPTIONS /put", "PUT /put"], asked.Order(StringComparer.Ordinal));
    }

    private static Process Start(string profile, string url) => Process.Start(new ProcessStartInfo(
        ExternalTool.PathOf(Browser)!,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", $"--user-data-dir={profile}", "--host-resolver-rules=MAP * 127.0.0.1", "--no-proxy-server", url,
        ])
    { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private static Task AnswerAsync(HttpContext context, ConcurrentDictionary<string, string> reports, ConcurrentQueue<string> asked, TaskCompletionSource isDone)
    {
        switch (context.Request.Path.Value)
        {
            case "/page":
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(Page);

            case "/report":
                reports[context.Request.Host.Host] = context.Request.QueryString.Value![1..].Replace("%20", " ", StringComparison.Ordinal);
                if (context.Request.Host.Host == "good.test")
                {
                    isDone.TrySetResult();
                }

                return Task.CompletedTask;

            default:
                if (context.Request.Host.Host == "h.test")
                {
                    asked.Enqueue($"{context.Request.Method} {context.Request.Path}");
                }

                return context.Response.WriteAsync($"secret of {context.Request.Path}");
        }
    }

    // A site with an API, and two others.
    private static ClusterSnapshot Snapshot(string origins) => Some.Snapshot(
        Some.Ingress(
            "t/api",
            [Some.Rule("h.test", Some.Prefix("/"))],
            annotations: new Dictionary<string, string>
            {
                ["ingress.routing/cors-origins"] = origins,
                ["ingress.routing/cors-methods"] = "GET, PUT",
                ["ingress.routing/cors-headers"] = "X-Key",
                ["ingress.routing/cors-credentials"] = "true",
            }),
        Some.Ingress("t/pages", [Some.Rule("good.test", Some.Prefix("/")), Some.Rule("evil.test", Some.Prefix("/"))]));
}
