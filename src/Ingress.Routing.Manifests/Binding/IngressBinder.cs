using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads an Ingress, every field of it (semantics 1.1 to 1.16).</summary>
internal static class IngressBinder
{
    private static readonly string[] s_objectFields = ["apiVersion", "kind", "metadata", "spec", "status"];
    private static readonly string[] s_specFields = ["ingressClassName", "defaultBackend", "rules", "tls"];
    private static readonly string[] s_ruleFields = ["host", "http"];
    private static readonly string[] s_httpFields = ["paths"];
    private static readonly string[] s_pathFields = ["path", "pathType", "backend"];
    private static readonly string[] s_backendFields = ["service", "resource"];
    private static readonly string[] s_serviceFields = ["name", "port"];
    private static readonly string[] s_portFields = ["name", "number"];
    private static readonly string[] s_resourceFields = ["apiGroup", "kind", "name"];
    private static readonly string[] s_tlsFields = ["hosts", "secretName"];

    public static IngressResource Read(FieldReader root, ObjectMetadata metadata, ResourceOrigin origin)
    {
        root.WarnOfOthers(s_objectFields, MisplacedFields.AdviseOnObject, MisplacedFields.DropsRoutes);
        var spec = root.Mapping("spec");
        spec.WarnOfOthers(s_specFields, MisplacedFields.AdviseOnSpec, MisplacedFields.DropsRoutes);
        return new()
        {
            Metadata = metadata,
            Origin = origin,
            IngressClassName = spec.String("ingressClassName"),
            DefaultBackend = ReadBackend(spec.Mapping("defaultBackend")),
            Rules = spec.Mappings("rules", ReadRule),
            Tls = spec.Mappings("tls", ReadTls),
            Status = IngressStatusBinder.Read(root.Mapping("status")),
        };
    }

    private static IngressRule ReadRule(FieldReader rule)
    {
        rule.WarnOfOthers(s_ruleFields, MisplacedFields.AdviseOnRule, MisplacedFields.DropsRoutes);
        var http = rule.Mapping("http");
        http.WarnOfOthers(s_httpFields, MisplacedFields.AdviseOnHttp, MisplacedFields.DropsRoutes);
        return new()
        {
            Host = rule.String("host"),
            Paths = http.IsPresent ? http.Mappings("paths", ReadPath) : null,
        };
    }

    private static IngressPath ReadPath(FieldReader path)
    {
        path.WarnOfOthers(s_pathFields, MisplacedFields.AdviseOnPath, MisplacedFields.DropsRoutes);
        return new()
        {
            Path = path.String("path"),
            PathType = path.String("pathType"),
            Backend = ReadBackend(path.Mapping("backend")),
        };
    }

    private static IngressBackend? ReadBackend(FieldReader backend)
    {
        if (!backend.IsPresent)
        {
            return null;
        }

        backend.WarnOfOthers(s_backendFields, RetiredFields.AdviseOnBackend);
        return new()
        {
            Service = ReadService(backend.Mapping("service")),
            Resource = ReadResource(backend.Mapping("resource")),
        };
    }

    private static IngressServiceBackend? ReadService(FieldReader service)
    {
        if (!service.IsPresent)
        {
            return null;
        }

        service.WarnOfOthers(s_serviceFields);
        var port = service.Mapping("port");
        port.WarnOfOthers(s_portFields);
        return new()
        {
            Name = service.String("name"),
            Port = port.IsPresent ? new() { Name = port.String("name"), Number = port.Integer32("number") } : null,
        };
    }

    private static TypedLocalObjectReference? ReadResource(FieldReader resource)
    {
        if (!resource.IsPresent)
        {
            return null;
        }

        resource.WarnOfOthers(s_resourceFields);
        return new()
        {
            ApiGroup = resource.String("apiGroup"),
            Kind = resource.String("kind"),
            Name = resource.String("name"),
        };
    }

    private static IngressTls ReadTls(FieldReader tls)
    {
        tls.WarnOfOthers(s_tlsFields, MisplacedFields.AdviseOnTls, MisplacedFields.DropsRoutes);
        return new() { Hosts = tls.Strings("hosts"), SecretName = tls.String("secretName") };
    }
}
