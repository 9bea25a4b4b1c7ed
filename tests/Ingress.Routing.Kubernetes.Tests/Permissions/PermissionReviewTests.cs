using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Permissions;
using Ingress.Routing.Kubernetes.Requests;

namespace Ingress.Routing.Kubernetes.Tests.Permissions;

public sealed class PermissionReviewTests
{
    [Fact]
    public async Task AskAsync_SomeAreMissing_NamesThemAndTheRule()
    {
        var server = new Reviewer(static asked => !(Text(asked, "resource") == "secrets" || Text(asked, "verb") == "patch"));

        var report = await new PermissionReview(server).AskAsync(Permission.All, [], "ingress", "gw", default);

        Assert.Null(report.Problem);
        Assert.Equal(Permission.All.Count, server.Asked.Count);
        Assert.Equal(
            [
                "may not get secrets, in all namespaces (RBAC: no)", "may not list secrets, in all namespaces (RBAC: no)",
                "may not patch events of events.k8s.io, in all namespaces (RBAC: no)",
                "may not patch ingresses/status of networking.k8s.io, in all namespaces (RBAC: no)",
                "may not watch secrets, in all namespaces (RBAC: no)",
            ],
            report.Missing.Select(static missing => missing.ToString()).Order());
        Assert.Equal(
            """
            # in a ClusterRole, bound by a ClusterRoleBinding
            rules:
              - apiGroups: [""]
                resources: [secrets]
                verbs: [get, list, watch]
              - apiGroups: [networking.k8s.io]
                resources: [ingresses/status]
                verbs: [patch]
              - apiGroups: [events.k8s.io]
                resources: [events]
                verbs: [patch]
            """.ReplaceLineEndings("\n"),
            string.Join('\n', report.Rules()));
    }

    [Fact]
    public async Task AskAsync_OfSomeNamespaces_AsksInEachAndForTheLeaseByName()
    {
        var server = new Reviewer(static asked => Text(asked, "resource") != "leases" || Text(asked, "verb") == "create");

        var report = await new PermissionReview(server).AskAsync(Permission.All, ["shop", "blog"], "ingress", "gw", default);

        Assert.Equal(["blog", "shop"], server.Asked.Where(static asked => Text(asked, "resource") == "services" && Text(asked, "verb") == "list").Select(static asked => Text(asked, "namespace")).Order());
        Assert.Equal([""], server.Asked.Where(static asked => Text(asked, "resource") == "ingressclasses" && Text(asked, "verb") == "list").Select(static asked => Text(asked, "namespace")));
        Assert.Equal("status", Text(server.Asked.First(static asked => Text(asked, "resource") == "ingresses" && Text(asked, "verb") == "patch"), "subresource"));
        Assert.Equal(
            [
                "# in a Role of the namespace ingress, bound by a RoleBinding", "rules:", "  - apiGroups: [coordination.k8s.io]", "    resources: [leases]",
                "    resourceNames: [gw]", "    verbs: [get, update]",
            ],
            report.Rules());
    }

    [Fact]
    public async Task AskAsync_ServerDoesNotAnswer_SaysSoAndNamesNothing()
    {
        var report = await new PermissionReview(new Reviewer(null)).AskAsync(Permission.All, [], "ingress", "gw", default);

        Assert.Empty(report.Missing);
        Assert.Equal("connection refused", report.Problem);
    }

    private static string Text(JsonObject value, string name) => (string?)value[name] ?? "";

    private sealed class Reviewer(Func<JsonObject, bool>? isAllowed) : IApiRequests
    {
        public List<JsonObject> Asked { get; } = [];

        public Task<ApiAnswer> SendAsync(HttpMethod method, string path, ApiBody? body, CancellationToken cancellationToken)
        {
            Assert.Equal("apis/authorization.k8s.io/v1/selfsubjectaccessreviews", path);
            if (isAllowed is null)
            {
                return Task.FromResult(new ApiAnswer(0, Problem: "connection refused"));
            }

            var asked = (JsonObject)JsonNode.Parse(body!.Json)!["spec"]!["resourceAttributes"]!;
            lock (Asked)
            {
                Asked.Add(asked);
            }

            var allowed = isAllowed(asked);
            return Task.FromResult(new ApiAnswer(201, new() { ["status"] = allowed ? new JsonObject { ["allowed"] = true } : new() { ["allowed"] = false, ["reason"] = "RBAC: no" } }));
        }
    }
}
