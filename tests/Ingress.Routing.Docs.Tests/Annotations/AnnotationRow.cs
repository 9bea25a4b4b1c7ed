using System.Globalization;
using System.Text.RegularExpressions;
using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Annotations;

/// <summary>One row of a table <c>annotations | request | outcome</c>, sent and compared.</summary>
internal static partial class AnnotationRow
{
    public static bool Recognizes(IReadOnlyList<string> header) => header is ["annotations", "request", "outcome"];

    /// <param name="prefix">The prefix of the annotations.</param>
    /// <param name="options">How the Ingress is compiled.</param>
    public static async Task RunAsync(MarkdownRow row, AnnotationSite site, string prefix, RouteTableOptions options)
    {
        var annotations = row.Codes("annotations").Select(static code => code.Split(": ", 2))
            .ToDictionary(pair => $"{prefix}/{pair[0]}", static pair => pair[1].Replace("\\n", "\n", StringComparison.Ordinal));
        site.Serve($"line-{row.Line}", annotations, options);

        HttpResponseMessage? response = null;
        foreach (Match request in Requests().Matches(row["request"]))
        {
            var method = request.Groups["method"] is { Success: true } written ? new HttpMethod(written.Value) : HttpMethod.Get;
            var words = request.Groups["request"].Value.Split(' ', 2);
            var headers = words.Length < 2 ? [] : words[1].Split("; ").Select(static header => header.Split(": ", 2)).Select(static pair => (pair[0], pair[1]));
            var times = request.Groups["times"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 1;
            for (var i = 0; i < times; i++)
            {
                response?.Dispose();
                response = await site.SendAsync(method, new Uri(words[0], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), headers);
            }
        }

        Assert.NotNull(response);
        using (response)
        {
            await CompareAsync(row["outcome"], response);
        }
    }

    private static async Task CompareAsync(string outcome, HttpResponseMessage response)
    {
        var received = (await response.Content.ReadAsStringAsync()).Split('\n');
        var sent = response.Headers.Concat(response.Content.Headers).SelectMany(static header => header.Value.Select(value => $"{header.Key}: {value}")).ToList();
        var claims = Claims().Matches(outcome);
        Assert.Equal(outcome, string.Join(", ", claims.Select(static claim => claim.Value)).Replace(", to ", " to ", StringComparison.Ordinal));
        foreach (Match claim in claims)
        {
            var value = claim.Groups["value"].Value;
            switch (claim.Groups["kind"].Value)
            {
                case "answers":
                    Assert.Equal(value, $"{(int)response.StatusCode}");
                    break;

                case "to":
                    Assert.Equal(value, response.Headers.Location?.OriginalString);
                    break;

                case "forwards":
                    Assert.Equal((200, value), ((int)response.StatusCode, received[0]));
                    break;

                case "the backend gets":
                    Assert.Contains(value, received);
                    break;

                case "the backend does not get":
                    Assert.DoesNotContain(received, line => line.StartsWith($"{value}:", StringComparison.OrdinalIgnoreCase));
                    break;

                case "the client gets":
                    Assert.Contains(value, sent);
                    break;

                default:
                    Assert.DoesNotContain(sent, line => line.StartsWith($"{value}:", StringComparison.OrdinalIgnoreCase));
                    break;
            }
        }
    }

    [GeneratedRegex("`((?<method>[A-Z]+) )?(?<request>[^`]+)`( ×(?<times>[0-9]+))?")]
    private static partial Regex Requests();

    [GeneratedRegex("(?<kind>answers|to|forwards|the backend gets|the backend does not get|the client gets|the client does not get) `(?<value>[^`]+)`")]
    private static partial Regex Claims();
}
