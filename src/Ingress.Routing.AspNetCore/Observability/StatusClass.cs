namespace Ingress.Routing.AspNetCore;

/// <summary>The classes of statuses.</summary>
internal static class StatusClass
{
    private static readonly string[] s_all = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

    public static int Count => s_all.Length;

    public static int IndexOf(int status) => status is >= 100 and < 600 ? (status / 100) - 1 : 5;

    public static string At(int index) => s_all[index];
}
