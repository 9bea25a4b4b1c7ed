namespace Ingress.Routing.Tests.Properties;

/// <summary>The two things of a request that take part in routing.</summary>
public sealed record RequestLine(string Host, string Target)
{
    public override string ToString() => $"{Target} Host: {Host}";
}
