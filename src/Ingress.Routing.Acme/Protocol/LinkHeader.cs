namespace Ingress.Routing.Acme.Protocol;

/// <summary>Reads <c>Link</c> headers (RFC 8288): all that is wanted of each is where it leads and its relation.</summary>
internal static class LinkHeader
{
    public static ILookup<string, Uri> Read(IEnumerable<string> values, Uri baseUrl)
        => values.SelectMany(value => ReadOne(value, baseUrl)).ToLookup(static link => link.Relation, static link => link.Url, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string Relation, Uri Url)> ReadOne(string value, Uri baseUrl)
    {
        // Split before each '<', because a comma may be part of an address.
        for (var start = value.IndexOf('<', StringComparison.Ordinal); start >= 0;)
        {
            var end = value.IndexOf('>', start);
            if (end < 0)
            {
                yield break;
            }

            var next = value.IndexOf('<', end);
            var parameters = next < 0 ? value[(end + 1)..] : value[(end + 1)..next];
            if (RelationOf(parameters) is { } relation && Uri.TryCreate(baseUrl, value[(start + 1)..end], out var url))
            {
                yield return (relation, url);
            }

            start = next;
        }
    }

    private static string? RelationOf(string parameters)
    {
        foreach (var parameter in parameters.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (parameter.StartsWith("rel=", StringComparison.OrdinalIgnoreCase))
            {
                return parameter[4..].TrimEnd(',', ' ').Trim('"');
            }
        }

        return null;
    }
}
