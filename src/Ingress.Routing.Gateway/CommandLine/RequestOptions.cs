using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options that say what a request has besides its URL.</summary>
internal sealed class RequestOptions
{
    public Option<string> Method { get; } = new("--method")
    {
        Description = "The method of the request.",
        HelpName = "METHOD",
        DefaultValueFactory = static _ => "GET",
    };

    public Option<KeyValuePair<string, string>[]> Headers { get; } = new("--header", "-H")
    {
        Description = "A header of the request, such as 'X-Beta: on'. Repeatable.",
        HelpName = "'NAME: VALUE'",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = Parse,
    };

    public Option<IPAddress?> Client { get; } = new("--client")
    {
        Description = "The address of the client, for policies that look at it.",
        HelpName = "ADDRESS",
        CustomParser = static argument =>
        {
            if (!IPAddress.TryParse(argument.Tokens[0].Value, out var address))
            {
                argument.AddError($"'{argument.Tokens[0].Value}' is no IP address.");
            }

            return address;
        },
    };

    public RouteRequest Read(ParseResult parsed) => new()
    {
        Method = parsed.GetValue(Method)!,
        ClientAddress = parsed.GetValue(Client),

        // As a server joins them.
        Headers = (parsed.GetValue(Headers) ?? [])
            .GroupBy(static header => header.Key, static header => header.Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                static header => header.Key,
                static header => string.Join(header.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ",", header),
                StringComparer.OrdinalIgnoreCase),
    };

    private static KeyValuePair<string, string>[] Parse(ArgumentResult argument)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var token in argument.Tokens)
        {
            var colon = token.Value.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                argument.AddError($"'{token.Value}' is no header. Write it as 'NAME: VALUE'.");
                return [];
            }

            headers.Add(new(token.Value[..colon].Trim(), token.Value[(colon + 1)..].Trim()));
        }

        return [.. headers];
    }
}
