using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Requests;

namespace Ingress.Routing.Kubernetes.Permissions;

/// <summary>Asks the API server what this account may do (K43).</summary>
/// <remarks>Everybody may ask about themselves: <c>system:basic-user</c> grants it.</remarks>
internal sealed class PermissionReview(IApiRequests api)
{
    private const string Path = "apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private const int MostAtOnce = 8;

    /// <summary>Asks about each permission where it is needed.</summary>
    /// <param name="permissions">What is needed.</param>
    /// <param name="namespaces">The namespaces that are served; none for all.</param>
    /// <param name="ownNamespace">The namespace of the Lease.</param>
    /// <param name="electionId">The name of the Lease.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PermissionReport> AskAsync(
        IEnumerable<Permission> permissions,
        IReadOnlyCollection<string> namespaces,
        string ownNamespace,
        string electionId,
        CancellationToken cancellationToken)
    {
        string?[] served = namespaces.Count == 0 ? [null] : [.. namespaces];
        var questions =
            from permission in permissions
            from place in permission.Scope switch
            {
                PermissionScope.Cluster => [null],
                PermissionScope.OwnNamespace => [ownNamespace],
                _ => served,
            }
            select new MissingPermission(permission, place, permission.IsNamed ? electionId : null, null);
        var all = questions.ToList();
        using var slots = new SemaphoreSlim(MostAtOnce);

        // One at first: a server that cannot answer is not asked twenty times.
        var first = await AskAsync(all[0], slots, cancellationToken).ConfigureAwait(false);
        var others = first.Problem is not null
            ? []
            : await Task.WhenAll(all.Skip(1).Select(question => AskAsync(question, slots, cancellationToken))).ConfigureAwait(false);
        (MissingPermission? Missing, string? Problem)[] answers = [first, .. others];
        return new(
            [.. answers.Select(static answer => answer.Missing).OfType<MissingPermission>()],
            answers.Select(static answer => answer.Problem).FirstOrDefault(static problem => problem is not null));
    }

    private async Task<(MissingPermission? Missing, string? Problem)> AskAsync(
        MissingPermission question, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await api.SendAsync(HttpMethod.Post, Path, ApiBody.Of(BodyOf(question)), cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccess || answer.Body?["status"] is not JsonObject status)
            {
                return (null, answer.IsSuccess ? "the answer is no SelfSubjectAccessReview" : answer.Describe());
            }

            var isAllowed = status["allowed"] is JsonValue allowed && allowed.TryGetValue<bool>(out var yes) && yes;
            return isAllowed ? (null, null) : (question with { Reason = ApiAnswer.Text(status, "reason") }, null);
        }
        finally
        {
            slots.Release();
        }
    }

    private static JsonObject BodyOf(MissingPermission question)
    {
        var parts = question.Permission.Resource.Split('/');
        var attributes = new JsonObject
        {
            ["group"] = question.Permission.Group,
            ["resource"] = parts[0],
            ["verb"] = question.Permission.Verb,
            ["namespace"] = question.Namespace ?? "",
        };
        if (parts.Length > 1)
        {
            attributes["subresource"] = parts[1];
        }

        if (question.Name is not null)
        {
            attributes["name"] = question.Name;
        }

        return new()
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject { ["resourceAttributes"] = attributes },
        };
    }
}
