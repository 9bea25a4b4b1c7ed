namespace Ingress.Routing.Comparison;

/// <summary>Asks a table, and keeps one answer for each route: a million requests have few answers. Not thread-safe.</summary>
internal sealed class AnswerBook(IngressRouteTable table)
{
    private readonly Dictionary<IngressRoute, RequestAnswer> _byRoute = new(ReferenceEqualityComparer.Instance);
    // Of several routes for one path, the first tells which the others are.
    private readonly Dictionary<IngressRoute, RequestAnswer> _byCandidates = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IngressMatchStatus, RequestAnswer> _withoutRoute = [];

    public RequestAnswer Find(string host, string target)
    {
        var match = table.Match(host, target);
        if (table.HasChoices && table.Candidates(host, target) is [{ Conditions.Count: > 0, Pattern: null } first, ..] candidates && candidates.All(static route => route?.Pattern is null))
        {
            return _byCandidates.TryGetValue(first, out var known) ? known : _byCandidates[first] = RequestAnswer.Of(table, host, target);
        }

        if (table.HasChoices && match.Route?.Pattern is not null)
        {
            return RequestAnswer.Of(table, host, target);
        }

        return match.Route is { } route ? Keep(_byRoute, route, match) : Keep(_withoutRoute, match.Status, match);
    }

    private RequestAnswer Keep<T>(Dictionary<T, RequestAnswer> answers, T key, IngressMatch match)
        where T : notnull
    {
        if (!answers.TryGetValue(key, out var answer))
        {
            answer = RequestAnswer.Of(table, match);
            answers.Add(key, answer);
        }

        return answer;
    }
}
