using System.Globalization;
using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Requests;

namespace Ingress.Routing.Kubernetes.Tests.Leases;

/// <summary>One Lease as an API server keeps it: versions decide who is first.</summary>
internal sealed class LeaseServer
{
    private int _version = 100;

    public JsonObject? Lease { get; set; }

    public List<string> Requests { get; } = [];

    public JsonObject Spec => (JsonObject)Lease!["spec"]!;

    public string Holder => (string)Spec["holderIdentity"]!;

    /// <summary>The way of one replica to the server.</summary>
    public Client ConnectAs(string name) => new(this, name);

    /// <summary>What somebody else does to the object.</summary>
    public void Touch(Action<JsonObject> change)
    {
        change(Lease!);
        Lease!["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
    }

    private ApiAnswer Answer(HttpMethod method, string path, ApiBody? body)
    {
        Assert.StartsWith("apis/coordination.k8s.io/v1/namespaces/ingress/leases", path, StringComparison.Ordinal);
        var sent = body is null ? null : (JsonObject)JsonNode.Parse(body.Json)!;
        switch (method.Method)
        {
            case "GET":
                return Lease is null ? new(404) : new(200, (JsonObject)Lease.DeepClone());
            case "POST" when Lease is not null:
                return new(409);
            case "POST":
                return Store(sent!);
            case "PUT" when Lease is null:
                return new(404);
            default:
                return (string)sent!["metadata"]!["resourceVersion"]! == (string)Lease!["metadata"]!["resourceVersion"]! ? Store(sent) : new(409);
        }
    }

    private ApiAnswer Store(JsonObject sent)
    {
        Lease = sent;
        Touch(static _ => { });
        return new(200, (JsonObject)sent.DeepClone());
    }

    internal sealed class Client(LeaseServer server, string name) : IApiRequests
    {
        /// <summary>The server cannot be reached.</summary>
        public bool IsCutOff { get; set; }

        /// <summary>Requests are carried out, and the answers get lost.</summary>
        public bool LosesAnswers { get; set; }

        /// <summary>Called before a request is carried out.</summary>
        public Action<HttpMethod>? Before { get; set; }

        public Task<ApiAnswer> SendAsync(HttpMethod method, string path, ApiBody? body, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsCutOff)
            {
                return Task.FromResult(new ApiAnswer(0, Problem: "connection refused"));
            }

            Before?.Invoke(method);
            server.Requests.Add($"{name} {method.Method}");
            var answer = server.Answer(method, path, body);
            return Task.FromResult(LosesAnswers ? new ApiAnswer(0, Problem: "broken") : answer);
        }
    }
}
