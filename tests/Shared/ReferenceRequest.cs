namespace Ingress.Routing.Tests.Shared;

/// <summary>What a request has besides host and target.</summary>
internal sealed record ReferenceRequest(string Method, params (string Name, string Value)[] Headers)
{
    public static ReferenceRequest Get { get; } = new("GET");

    /// <summary>The same for the real table.</summary>
    public RouteRequest ToRequest() => new() { Method = Method, Headers = Headers.ToDictionary(header => header.Name, header => header.Value) };

    public string? Header(string name)
        => Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    public string? Cookie(string name)
        => (Header("Cookie") ?? "").Split(';')
            .Select(cookie => cookie.Trim().Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[0] == name)
            .Select(pair => pair[1])
            .FirstOrDefault();

    public override string ToString() => string.Join(' ', Headers.Select(header => $"'{header.Name}: {header.Value}'").Prepend(Method));
}
