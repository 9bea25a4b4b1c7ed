using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Sends each request of the table in docs/forwarding.md.</summary>
public sealed partial class RefusedRequestsPageTests
{
    public static TheoryData<string, int> Rows()
    {
        var rows = new TheoryData<string, int>();
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "forwarding.md"));
        var table = page[page.IndexOf("## What is refused", StringComparison.Ordinal)..].Split('\n')
            .SkipWhile(static line => !line.StartsWith("|---|---|---|", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(static line => line.StartsWith('|'));
        foreach (var row in table)
        {
            var cells = row.Split('|');
            rows.Add(cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture));
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Request_IsRefusedAsThePageSays(string request, int expected)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();
        string[] lines = [.. Code().Matches(request).Select(static code => Regex.Unescape(code.Groups[1].Value))];
        var first = lines[0].Contains(" HTTP/", StringComparison.Ordinal) ? lines[0] : $"{lines[0]} HTTP/1.1";
        string[] host = lines.Any(static line => line.StartsWith("Host:", StringComparison.Ordinal)) ? [] : ["Host: shop.test"];

        await client.Connection.WriteAsync(string.Concat(((string[])[first, .. host, .. lines[1..], "", "abc"]).Select(static line => line + "\r\n")));
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith($"HTTP/1.1 {expected} ", response, StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ingress.Routing.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
