using System.CommandLine;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options that decide what manifests are compiled to, for commands that answer once.</summary>
/// <param name="hasDefaultBackend">Whether the command asks for a default backend.</param>
/// <param name="hasDefaultCertificate">Whether the command asks for a default certificate.</param>
internal sealed class TableOptions(bool hasDefaultBackend, bool hasDefaultCertificate)
{
    private readonly Option<string?> _controllerName = CommonOptions.ControllerName();
    private readonly Option<ServiceReference?>? _defaultBackend = hasDefaultBackend ? CommonOptions.DefaultBackend() : null;
    private readonly Option<NamespacedName?>? _defaultCertificate = hasDefaultCertificate ? CommonOptions.DefaultCertificate() : null;
    private readonly AnnotationOptions _annotations = new();

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

    public RouteTableOptions Read(ParseResult parsed) => new()
    {
        ControllerName = parsed.GetValue(_controllerName),
        DefaultBackend = _defaultBackend is null ? null : parsed.GetValue(_defaultBackend),
        DefaultCertificate = _defaultCertificate is null ? null : parsed.GetValue(_defaultCertificate),
        AnnotationDialects = _annotations.Read(parsed) is { } nginx ? [NginxAnnotations.CreateDialect(nginx)] : [],
    };
}
