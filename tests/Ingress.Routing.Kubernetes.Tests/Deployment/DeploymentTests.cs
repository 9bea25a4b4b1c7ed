using Ingress.Routing.Kubernetes.Permissions;
using YamlDotNet.RepresentationModel;
using static Ingress.Routing.Kubernetes.Tests.Deployment.RenderedManifests;

namespace Ingress.Routing.Kubernetes.Tests.Deployment;

/// <summary>No cluster is needed to see that what <c>deploy/</c> holds fits together, and grants exactly what the code asks for.</summary>
public sealed class DeploymentTests
{
    public static TheoryData<string> Variants => ["cluster-wide", "namespaced"];

    [TheoryWithKubectl]
    [MemberData(nameof(Variants))]
    public async Task Roles_OfTheAccount_AreExactlyWhatIsAskedFor(string variant)
    {
        var manifests = await RenderAsync(variant);
        var served = variant == "cluster-wide" ? "*" : "ingress-gateway";

        var granted = GrantsOf(manifests, Text(manifests.Single("ServiceAccount"), "metadata", "name")).Order().ToList();

        var expected = Permission.All.Select(permission => Grant(
            permission.Scope switch
            {
                PermissionScope.Cluster => "*",
                PermissionScope.OwnNamespace => "ingress-gateway",
                _ => served,
            },
            permission.Group,
            permission.Resource,
            permission.IsNamed ? "ingress-gateway" : "",
            permission.Verb));
        Assert.Equal(expected.Order(), granted);
    }

    [TheoryWithKubectl]
    [MemberData(nameof(Variants))]
    public async Task References_OfAllObjects_LeadSomewhere(string variant)
    {
        var manifests = await RenderAsync(variant);
        var pod = At(manifests.Single("Deployment"), "spec", "template");
        var labels = Map(pod, "metadata", "labels");
        var container = Assert.Single(List(pod, "spec", "containers"));
        var ports = List(container, "ports").ToDictionary(static port => Text(port, "name"), static port => Text(port, "containerPort"));

        manifests.Find("ServiceAccount", Text(pod, "spec", "serviceAccountName"));
        foreach (var binding in manifests.OfKind("RoleBinding").Concat(manifests.OfKind("ClusterRoleBinding")))
        {
            manifests.Find(Text(binding, "roleRef", "kind"), Text(binding, "roleRef", "name"));
            var subject = Assert.Single(List(binding, "subjects"));
            Assert.Equal(NamespaceOf(manifests.Find("ServiceAccount", Text(subject, "name"))), Text(subject, "namespace"));
        }

        foreach (var selector in new[]
        {
            Map(manifests.Single("Deployment"), "spec", "selector", "matchLabels"),
            Map(manifests.Single("Service"), "spec", "selector"),
            Map(manifests.Single("PodDisruptionBudget"), "spec", "selector", "matchLabels"),
            Map(Assert.Single(List(pod, "spec", "topologySpreadConstraints")), "labelSelector", "matchLabels"),
        })
        {
            Assert.NotEmpty(selector);
            Assert.All(selector, item => Assert.Equal(item.Value, labels[item.Key]));
        }

        var scaled = At(manifests.Single("HorizontalPodAutoscaler"), "spec", "scaleTargetRef");
        manifests.Find(Text(scaled, "kind"), Text(scaled, "name"));
        Assert.All(List(manifests.Single("Service"), "spec", "ports"), port => Assert.Contains(Text(port, "targetPort"), ports.Keys));
        Assert.All(
            new[] { "startupProbe", "readinessProbe", "livenessProbe" }, probe => Assert.Contains(Text(container, probe, "httpGet", "port"), ports.Keys));
        var volumes = List(pod, "spec", "volumes").Select(static volume => Text(volume, "name"));
        Assert.All(List(container, "volumeMounts"), mount => Assert.Contains(Text(mount, "name"), volumes));
        Assert.All(manifests.All.Where(static item => NamespaceOf(item) is not null), static item => Assert.Equal("ingress-gateway", NamespaceOf(item)));
        Assert.Equal("ingress-gateway", NameOf(manifests.Single("Namespace")));
    }

    [TheoryWithKubectl]
    [MemberData(nameof(Variants))]
    public async Task Arguments_OfTheContainer_FitTheOtherObjects(string variant)
    {
        var manifests = await RenderAsync(variant);
        var container = Assert.Single(List(manifests.Single("Deployment"), "spec", "template", "spec", "containers"));
        var arguments = Texts(container, "args").Where(static text => text.Contains('=', StringComparison.Ordinal))
            .ToDictionary(static text => text.Split('=')[0], static text => text.Split('=', 2)[1]);
        var ports = List(container, "ports").ToDictionary(static port => Text(port, "name"), static port => Text(port, "containerPort"));
        var environment = List(container, "env").Select(static item => Text(item, "name")).ToList();

        Assert.Equal(Text(manifests.Single("IngressClass"), "spec", "controller"), arguments["--controller-name"]);
        Assert.Equal($"$(POD_NAMESPACE)/{NameOf(manifests.Single("Service"))}", arguments["--publish-service"]);
        Assert.Contains("POD_NAME", environment);
        Assert.Contains("POD_NAMESPACE", environment);
        Assert.All(ports, port => Assert.Equal($"*:{port.Value}", arguments[$"--{port.Key}"]));
        Assert.DoesNotContain(List(manifests.Single("Service"), "spec", "ports"), static port => Text(port, "targetPort") == "admin");
        Assert.Equal(variant == "namespaced", arguments.ContainsKey("--watch-namespace"));
    }

    [TheoryWithKubectl]
    [MemberData(nameof(Variants))]
    public async Task Pods_AreCareful(string variant)
    {
        var manifests = await RenderAsync(variant);
        var spec = At(manifests.Single("Deployment"), "spec");
        var pod = At(spec, "template", "spec");
        var container = Assert.Single(List(pod, "containers"));

        Assert.Equal("2", Text(spec, "replicas"));
        Assert.Equal("0", Text(spec, "strategy", "rollingUpdate", "maxUnavailable"));
        Assert.Equal("1", Text(manifests.Single("PodDisruptionBudget"), "spec", "maxUnavailable"));
        Assert.Equal("2", Text(manifests.Single("HorizontalPodAutoscaler"), "spec", "minReplicas"));
        Assert.Equal("60", Text(pod, "terminationGracePeriodSeconds"));
        Assert.Equal("true", Text(pod, "securityContext", "runAsNonRoot"));
        Assert.NotEqual("0", Text(pod, "securityContext", "runAsUser"));
        Assert.Equal("RuntimeDefault", Text(pod, "securityContext", "seccompProfile", "type"));
        Assert.Equal("true", Text(container, "securityContext", "readOnlyRootFilesystem"));
        Assert.Equal("false", Text(container, "securityContext", "allowPrivilegeEscalation"));
        Assert.Equal(["ALL"], Texts(container, "securityContext", "capabilities", "drop"));
        Assert.Equal("/readyz", Text(container, "readinessProbe", "httpGet", "path"));
        Assert.Equal("/healthz", Text(container, "livenessProbe", "httpGet", "path"));
        Assert.Equal(300, int.Parse(Text(container, "startupProbe", "periodSeconds"), null) * int.Parse(Text(container, "startupProbe", "failureThreshold"), null));
        Assert.Equal("kubernetes.io/hostname", Text(Assert.Single(List(pod, "topologySpreadConstraints")), "topologyKey"));
    }

    private static IEnumerable<string> GrantsOf(RenderedManifests manifests, string account)
        => from binding in manifests.OfKind("RoleBinding").Concat(manifests.OfKind("ClusterRoleBinding"))
           where List(binding, "subjects").Exists(subject => Text(subject, "name") == account)
           let role = manifests.Find(Text(binding, "roleRef", "kind"), Text(binding, "roleRef", "name"))
           from rule in List(role, "rules")
           from @group in Texts(rule, "apiGroups")
           from resource in Texts(rule, "resources")
           from name in Maybe(rule, "resourceNames") is YamlSequenceNode names ? names.Select(static name => name.ToString()) : [""]
           from verb in Texts(rule, "verbs")
           select Grant(Text(binding, "kind") == "ClusterRoleBinding" ? "*" : NamespaceOf(binding)!, @group, resource, name, verb);

    private static string Grant(string place, string group, string resource, string name, string verb) => $"{place} {group}/{resource}/{name} {verb}";
}
