namespace Ingress.Routing.Policies;

/// <summary>The variables that templates may name: a closed set, so that no text of an annotation can reach anything else.</summary>
internal static class PolicyVariables
{
    /// <summary>The variable that stands for the query, with its <c>?</c>.</summary>
    public const string Query = "query";

    private static readonly Dictionary<string, Func<IPolicyRequest, string>> s_all = new(StringComparer.Ordinal)
    {
        ["client_address"] = static request => request.ClientAddress?.ToString() ?? "",
        ["host"] = static request => request.Host,
        ["method"] = static request => request.Method,
        ["path"] = static request => request.Path.ToString(),
        [Query] = static request => request.Query.ToString(),
        ["request_id"] = static request => request.Id,
        ["scheme"] = static request => request.Scheme,
    };

    /// <summary>Their names, by name.</summary>
    public static IEnumerable<string> Names => s_all.Keys.Order(StringComparer.Ordinal);

    /// <summary>The variable of a name; null when there is none.</summary>
    public static Func<IPolicyRequest, string>? Find(string name) => s_all.GetValueOrDefault(name);
}
