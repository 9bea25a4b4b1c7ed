namespace Ingress.Routing.AspNetCore;

/// <summary>The methods that are told apart. Clients can make up any number of others.</summary>
internal static class MethodName
{
    public const string Other = "other";

    private static readonly string[] s_all = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE", Other];

    public static int Count => s_all.Length;

    /// <summary>The number of a method.</summary>
    public static int IndexOf(string method) => method switch
    {
        "GET" => 0,
        "HEAD" => 1,
        "POST" => 2,
        "PUT" => 3,
        "DELETE" => 4,
        "PATCH" => 5,
        "OPTIONS" => 6,
        "CONNECT" => 7,
        "TRACE" => 8,
        _ => 9,
    };

    public static string At(int index) => s_all[index];

    public static string Of(string method) => s_all[IndexOf(method)];
}
