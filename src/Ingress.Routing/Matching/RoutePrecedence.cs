using System.Text;

namespace Ingress.Routing.Matching;

/// <summary>The order in which the paths of one host are considered (D6).</summary>
/// <remarks>
/// (1) Exact before the others; (2) the longer canonical path, a trailing slash included; (3) Prefix before ImplementationSpecific;
/// (4) more conditions, those that cannot be understood last; (5, 6) age and list order, which is the order given. Regular expressions stand
/// between Exact and the others, the longest first, then by text, backwards (D26).
/// </remarks>
internal static class RoutePrecedence
{
    public static IReadOnlyList<IngressRoute> Sort(IReadOnlyList<IngressRoute> routes)
    {
        if (routes.Count < 2)
        {
            return routes;
        }

        var keyed = new (IngressRoute Route, int Given)[routes.Count];
        for (var i = 0; i < keyed.Length; i++)
        {
            keyed[i] = (routes[i], i);
        }

        Array.Sort(keyed, static (x, y) => Compare(x.Route, y.Route) is var order and not 0 ? order : x.Given.CompareTo(y.Given));
        return Array.ConvertAll(keyed, static item => item.Route);
    }

    private static int Compare(IngressRoute x, IngressRoute y)
    {
        var rank = RankOf(x).CompareTo(RankOf(y));
        if (rank != 0)
        {
            return rank;
        }

        if (x.Pattern is not null)
        {
            rank = Encoding.UTF8.GetByteCount(y.Path!).CompareTo(Encoding.UTF8.GetByteCount(x.Path!));
            rank = rank != 0 ? rank : string.CompareOrdinal(y.Path, x.Path);
            return rank != 0 ? rank : CompareConditions(x, y);
        }

        if (x.Path!.Length != y.Path!.Length)
        {
            return y.Path.Length.CompareTo(x.Path.Length);
        }

        var order = string.CompareOrdinal(x.Path, y.Path);
        order = order != 0 ? order : (y.PathType == PathType.Prefix).CompareTo(x.PathType == PathType.Prefix);
        return order != 0 ? order : CompareConditions(x, y);
    }

    private static int CompareConditions(IngressRoute x, IngressRoute y)
        => y.Conditions.Count.CompareTo(x.Conditions.Count) is var order and not 0 ? order : x.Conditions.IsUnknown.CompareTo(y.Conditions.IsUnknown);

    private static int RankOf(IngressRoute route) => route.IsExact ? 0 : route.Pattern is not null ? 1 : 2;
}
