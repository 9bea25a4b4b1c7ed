using System.Text.Json;

namespace Ingress.Routing.Gateway.Output;

/// <summary>How JSON names the members of an enumeration: as its own members, in camel case.</summary>
internal static class JsonName
{
    public static string Of<T>(T value)
        where T : struct, Enum
        => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
