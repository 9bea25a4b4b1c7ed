using System.CommandLine;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options that decide what manifests are compiled to, for commands that answer once.</summary>
/// <param name="hasDefaultBackend">Whether the command asks for a default backend.</param>
/// <param name="hasDefaultCertificate">Whether the command asks for a default certificate.</param>
/// <param name="isNginx">Whether the annotations of ingress-nginx are understood without being asked for.</param>
internal sealed class TableOptions(bool hasDefaultBackend, bool hasDefaultCertificate, bool isNginx = false)
{
    private readonly Option<string?> _controllerName = CommonOptions.ControllerName();
    private readonly Option<ServiceReference?>? _defaultBackend = hasDefaultBackend ? CommonOptions.DefaultBackend() : null;
    private readonly Option<NamespacedName?>? _defaultCertificate = hasDefaultCertificate ? CommonOptions.DefaultCertificate() : null;
    private readonly AnnotationOptions _annotations = new(isNginx);

    public TableOptions()
        : this(hasDefaultBackend: true, hasDefaultCertificate: true)
    {
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option?[] { _controllerName, _defaultBackend, _defaultCertificate }.OfType<Option>().Concat(_annotations.All))
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line says about the table.</summary>
    /// <returns>The options of a table of some manifests.</returns>
    public Func<ClusterSnapshot, RouteTableOptions> Read(ParseResult parsed) => snapshot => new()
    {
        ControllerName = parsed.GetValue(_controllerName),
        DefaultBackend = _defaultBackend is null ? null : parsed.GetValue(_defaultBackend),
        DefaultCertificate = _defaultCertificate is null ? null : parsed.GetValue(_defaultCertificate),
        AnnotationDialects = ReadNginx(parsed, snapshot) is { } nginx ? [NginxAnnotations.CreateDialect(nginx)] : [],
    };

    private NginxOptions? ReadNginx(ParseResult parsed, ClusterSnapshot snapshot)
        => _annotations.Read(parsed) is not { } nginx || _annotations.ConfigMap(parsed) is not { } configMap
            ? _annotations.Read(parsed)
            : NginxConfigMapInput.Read(nginx, configMap, () => snapshot.ConfigMaps, parsed.InvocationConfiguration.Error);
}
