using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Texts that become manifests only when a tool has filled them in are told once what they are.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("name: {{ .Release.Name }}", "helm template")]
    [InlineData("name: {{ include \"web.fullname\" . }}", "helm template")]
    [InlineData("name: web\n  labels:\n    {{- toYaml .Values.labels | nindent 4 }}", "helm template")]
    [InlineData("name: \"{{ .Values.name }}\"", "helm template")]
    [InlineData("name: '{{ .Values.name }}-web'", "helm template")]
    [InlineData("name: {{ app_name }}", "Jinja")]
    [InlineData("name: \"{{ app_name | default('web') }}\"", "Jinja")]
    [InlineData("{% if tls %}\n  name: web\n  {% endif %}", "Jinja")]
    [InlineData("name: {{.Name}}", "Go template")]
    [InlineData("name: <%= name %>", "ERB")]
    [InlineData("name: ${NAME}", "envsubst")]
    [InlineData("name: $NAME", "envsubst")]
    [InlineData("name: web-${NAME:-x}", "envsubst")]
    [InlineData("name: $(NAME)", "envsubst")]
    [InlineData("name: <your-name>", "gaps")]
    [InlineData("name: {NAME}", "gaps")]
    [InlineData("name: YOUR_NAME", "gaps")]
    [InlineData("name: __NAME__", "gaps")]
    [InlineData("name: \"#{NAME}#\"", "gaps")]
    [InlineData("name: '%NAME%'", "gaps")]
    [InlineData("name: [[ name ]]", "gaps")]
    [InlineData("name: [NAME]", "gaps")]
    [InlineData("name: [your-name]", "gaps")]
    public void Object_ThatIsNotFilledIn_IsReportedOnce(string name, string expected)
    {
        var text = Manifest.Ingress(name: "shop").ReplaceLineEndings("\n").Replace("name: shop\n", name + "\n", StringComparison.Ordinal);

        var diagnostic = Manifest.ReadDiagnostic(text);

        Assert.Equal((IngressDiagnosticIds.TemplateNotRendered, IngressDiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        Assert.Contains(expected, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_OfOneObject_AreCountedAndLocated()
    {
        var diagnostic = Manifest.ReadDiagnostic(Manifest.Ingress(host: "${HOST}", number: "${PORT}", spec: "tls: [{hosts: [\"${HOST}\"]}]"));

        Assert.Contains("'${HOST}' for one", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("at 3 places", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(("Ingress", 8), (diagnostic.Resource!.Value.Kind, diagnostic.Location!.Value.Line));
    }

    [Theory]
    [InlineData("a: '{{ .Values.x }}'")]
    [InlineData("nginx.ingress.kubernetes.io/auth-url: https://$host/oauth2/auth")]
    [InlineData("nginx.ingress.kubernetes.io/configuration-snippet: 'set $x \"${http_host}\";'")]
    public void Annotation_MayHoldAnything(string annotation)
        => Manifest.ReadIngress(Manifest.Ingress(metadata: $"annotations:\n  {annotation}"));

    [Theory]
    [InlineData("/v1(/|$)(.*)")]
    [InlineData("/users/{id}")]
    [InlineData("/[a-z]+")]
    public void Path_WithAPattern_IsNoGap(string path)
        => Manifest.ReadIngress(Manifest.Ingress().ReplaceLineEndings("\n").Replace("path: /\n", $"path: '{path}'\n", StringComparison.Ordinal));

    [Fact]
    public void OtherKinds_WithTemplatesOfTheirOwn_AreSkippedAsBefore()
        => Assert.Equal(
            IngressDiagnosticIds.KindSkipped,
            Manifest.ReadDiagnostic("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec: {x: '{{ $labels.instance }}'}\n").Id);

    [Fact]
    public void List_WhereTextIsNeeded_IsNoGap()
        => Assert.Equal(IngressDiagnosticIds.WrongFieldType, Manifest.ReadDiagnostic(Manifest.Ingress(host: "[shop.example.test]")).Id);

    [Fact]
    public void Documents_OfALoop_AreATemplate()
    {
        const string Text = "# all shops\n{% for shop in shops %}\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {{ shop.name }}\n{% endfor %}\n";

        var diagnostics = IngressManifests.Parse(Text, "m.yaml").Diagnostics;

        Assert.All(diagnostics, diagnostic => Assert.Equal(IngressDiagnosticIds.TemplateNotRendered, diagnostic.Id));
        Assert.Contains("Jinja", diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ingress", IngressDiagnosticIds.TemplateNotRendered)]
    [InlineData("Route", IngressDiagnosticIds.KindSkipped)]
    public void OpenShiftTemplate_WithAnIngress_NamesTheToolToRun(string kind, string id)
    {
        var diagnostic = Manifest.ReadDiagnostic(
            $"apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {{ name: shop }}\nobjects: [{{ kind: {kind}, metadata: {{ name: \"${{NAME}}\" }} }}]\n");

        Assert.Equal((id, "Template"), (diagnostic.Id, diagnostic.Resource!.Value.Kind));
        Assert.Equal(kind == "Ingress", diagnostic.Message.Contains("'oc process -f'", StringComparison.Ordinal));
    }

    [Fact]
    public void BrokenText_WithoutSigns_IsStillBroken()
        => Assert.Equal(IngressDiagnosticIds.UnreadableManifest, Manifest.ReadDiagnostic("# {{ .Values.x }}\na: [\n").Id);

    [Fact]
    public void Documents_OfOneTemplate_AreReportedOnce()
    {
        var text = Manifest.Ingress(name: "{{ .Release.Name }}") + "\n---\n" + Manifest.Ingress(name: "{{ .Release.Name }}-2") + "\n---\n" + Manifest.Ingress();

        var result = Manifest.Read(text);

        Assert.Contains("one more document", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Single(result.Snapshot.Ingresses);
    }

    [Fact]
    public void Secret_WithAGap_ShowsNothingOfIt()
    {
        var diagnostic = Manifest.ReadDiagnostic(
            "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: kubernetes.io/tls\ndata: {tls.crt: \"${CRT}\", tls.key: \"${KEY}\"}\n");

        Assert.Equal(IngressDiagnosticIds.TemplateNotRendered, diagnostic.Id);
        Assert.DoesNotContain("CRT", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- op: replace\n  path: /spec/rules/0/host\n  value: a.example\n", IngressDiagnosticSeverity.Info)]
    [InlineData("[{\"op\": \"remove\", \"path\": \"/spec/tls\"}]", IngressDiagnosticSeverity.Info)]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\n$patch: delete\n", IngressDiagnosticSeverity.Info)]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, annotations: {x: y}}\n", IngressDiagnosticSeverity.Warning)]
    public void Patch_IsRecognised(string text, IngressDiagnosticSeverity severity)
    {
        var diagnostic = Manifest.ReadDiagnostic(text);

        Assert.Equal((IngressDiagnosticIds.PatchSkipped, severity), (diagnostic.Id, diagnostic.Severity));
        Assert.Contains("kubectl kustomize", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_WithChartKustomizationAndOthers_SaysOneLineEach()
    {
        _folder.Write("ingress.yaml", Manifest.Ingress());
        _folder.Write("package.json", "{ \"name\": \"site\", \"scripts\": {} }");
        _folder.Write("docker-compose.yml", "services: { web: { image: x } }\n");
        _folder.Write("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        _folder.Write("chart/values.yaml", "host: a.example\n");
        _folder.Write("chart/templates/ingress.yaml", Manifest.Ingress(name: "{{ .Release.Name }}"));
        _folder.Write("chart/templates/service.yaml", "{{- if .Values.x }}\napiVersion: v1\nkind: Service\n{{- end }}\n");
        _folder.Write("overlay/kustomization.yaml", "resources: [../ingress.yaml]\npatches: [{path: host.yaml}]\n");
        _folder.Write("overlay/host.yaml", "- {op: replace, path: /spec/rules/0/host, value: b.example}\n");

        var result = IngressManifests.Load([_folder.Path]);

        Assert.Single(result.Snapshot.Ingresses);
        Assert.All(result.Diagnostics, item => Assert.Equal((IngressDiagnosticIds.FileSkipped, IngressDiagnosticSeverity.Info), (item.Id, item.Severity)));
        Assert.Equal(
            ["Chart.yaml", "docker-compose.yml", "kustomization.yaml", "package.json"],
            result.Diagnostics.Select(item => Path.GetFileName(item.Location!.Value.File)).Order(StringComparer.Ordinal));
    }
}
