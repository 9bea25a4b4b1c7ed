using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Gateway.Serving;
using Ingress.Routing.Manifests;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunOptions
{
    private readonly Option<string[]> _manifests = CommonOptions.Manifests(
        "Files and folders to serve; changes are in force within a second. A pipe, or - for standard input, is read once.");

    private readonly Option<ListenAddress[]> _http = Listen(
        "--http",
        $"Where to listen for HTTP/1.1 and HTTP/2 without TLS. {ListenAddress.Notation}. Without --http and --https: 127.0.0.1:8080.");

    private readonly Option<ListenAddress[]> _https = Listen(
        "--https",
        "Where to listen with TLS; the certificates are those of the tls sections. With --dev-certificates alone: 127.0.0.1:8443, besides --http.");

    private readonly Option<ListenAddress[]> _admin = Listen(
        "--admin", "Where to answer /healthz, /readyz, /metrics, /routes and /diagnostics; never mixed with routed requests.");

    private readonly Option<string?> _controllerName = CommonOptions.ControllerName();
    private readonly Option<ServiceReference?> _defaultBackend = CommonOptions.DefaultBackend();
    private readonly Option<NamespacedName?> _defaultCertificate = CommonOptions.DefaultCertificate();
    private readonly AnnotationOptions _annotations = new();

    private readonly Option<bool> _devCertificates = new("--dev-certificates")
    {
        Description = "For development: makes a CA for this user once, and issues a certificate for each host that is routed and for which the "
            + "manifests bring none.",
    };

    private readonly Option<string?> _devCertificatesFolder = new("--dev-certificates-folder")
    {
        Description = $"Where that CA is kept, with --dev-certificates implied. Without it: {DevCertificateFolder.DefaultPath}.",
        HelpName = "DIR",
    };

    private readonly Option<TlsVersion?> _minimumVersion = new("--tls-min-version")
    {
        Description = "The oldest version of TLS that any host speaks; annotations can only raise it. The default is 1.2.",
        HelpName = "1.2|1.3",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "'1.2' or '1.3'", static (string text, out TlsVersion? version) =>
        {
            version = text switch
            {
                "1.2" => TlsVersion.Tls12,
                "1.3" => TlsVersion.Tls13,
                _ => null,
            };
            return version is not null;
        }),
    };

    private readonly Option<NamespacedName?> _clientAuthorities = CommonOptions.Secret(
        "--client-ca", "The Secret with the authorities (ca.crt, ca.crl) of which every client of every host needs a certificate.");

    private readonly Option<StrictTransportSecurity?> _strictTransportSecurity = new("--hsts")
    {
        Description = "The Strict-Transport-Security header of hosts whose Ingress names none.",
        HelpName = "VALUE",
        CustomParser = static argument => CommonOptions.ReadOne<StrictTransportSecurity?>(
            argument, "the value of the header, such as 'max-age=31536000; includeSubDomains'", StrictTransportSecurity.TryParse),
    };

    private readonly Option<bool> _redirectToHttps = new("--https-redirect")
    {
        Description = "Redirects plain http to https, unless the Ingress says otherwise.",
    };

    private readonly Option<bool> _matchServerName = new("--match-server-name")
    {
        Description = "Answers requests over TLS with 421 unless their host is the server name of the connection.",
    };

    private readonly Option<string[]> _trustedProxies = Several<string>(
        "--trusted-proxies",
        "CIDR",
        "Networks and addresses of proxies that are believed: X-Forwarded-For and X-Forwarded-Proto say who the client is, and other such headers pass. "
            + "From everybody else they are removed.",
        static (string text, out string? network) =>
        {
            network = text;
            return Cidr.TryParse(text, out _);
        },
        static text => $"'{text}' is no network or address, or has bits set behind its length.",
        "CIDR, such as 10.0.0.0/8 or 192.0.2.7");

    private readonly Option<string[]> _passedHeaders = Several<string>(
        "--pass-header",
        "NAME",
        "A header that is let through as it is, although only a proxy may send it, or although its spelling is like that of such a header.",
        static (string text, out string? name) =>
        {
            name = text;
            return HttpToken.IsToken(text);
        },
        static text => $"'{text}' is no name of a header.",
        "NAME, such as X-Real-IP");

    private readonly Option<bool> _http3 = new("--http3")
    {
        Description = "Speaks HTTP/3 on the addresses of --https as well, where the platform can (QUIC, which needs libmsquic on Linux).",
    };

    private readonly Option<BackendAddress[]> _backends = Several<BackendAddress>(
        "--backend",
        "NS/NAME:PORT=URL",
        "Sends the requests for a Service port to a URL instead of its endpoints; PORT is the number or name that the Ingress writes.",
        BackendAddress.TryParse,
        BackendAddress.ProblemOf,
        "NS/NAME:PORT=URL, such as shop/web:80=http://127.0.0.1:5000");

    private readonly Option<ResourceFolder[]> _resources = Several<ResourceFolder>(
        "--resource",
        "GROUP/KIND=DIR",
        "Serves resource backends of a kind with static files from DIR/<namespace>/<name>/; KIND alone is one of the core group.",
        ResourceFolder.TryParse,
        ResourceFolder.ProblemOf,
        "GROUP/KIND=DIR, such as example.test/StaticSite=sites");

    private readonly ClusterOptions _cluster = new();
    private readonly LimitOptions _limits = new();
    private readonly BackendRunOptions _backendRun = new();
    private readonly AcmeRunOptions _acme = new();
    private readonly ShutdownOptions _shutdown = new();

    private readonly ObservabilityOptions _observability = new();

    private readonly Option<bool> _echo = new("--echo")
    {
        Description = "Answers for every Service without ready endpoints with JSON that shows the request.",
    };

    private readonly Option<TimeSpan?> _startupTimeout = new("--startup-timeout")
    {
        Description = "How long to wait for the manifests to be read before listening without them: requests are then answered with 503 and "
            + "Retry-After until they are. The default is 30; 0 does not wait.",
        HelpName = "SECONDS",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "seconds from 0 to 3600", static (string text, out TimeSpan? timeout) =>
        {
            var isNumber = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 3600;
            timeout = TimeSpan.FromSeconds(seconds);
            return isNumber;
        }),
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Logs more than warnings to standard error: every request, without its query, and the stacks of exceptions.",
    };

    public RunOptions()
    {
        _manifests.Required = false; // unless there is no cluster
        _manifests.Validators.Add(MustExist);
        _resources.Validators.Add(FoldersMustExist);
    }

    public void AddTo(Command command)
    {
        Option[] options =
        [
            _manifests, .. _cluster.All, _http, _https, _admin, _controllerName, _defaultBackend, _defaultCertificate, .. _annotations.All, _minimumVersion, _clientAuthorities, _strictTransportSecurity, _redirectToHttps, _matchServerName, _http3,
            _trustedProxies, _passedHeaders,
            _devCertificates, _devCertificatesFolder,
            .. _acme.All,
            _backends, _resources, .. _limits.All, .. _backendRun.All, .. _shutdown.All, .. _observability.All, _echo, _startupTimeout, _verbose,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result => _cluster.Validate(result, _manifests));
    }

    public RunSettings Read(ParseResult parsed)
    {
        var settings = new RunSettings
        {
            Manifests = parsed.GetValue(_manifests) ?? [],
            Kubernetes = _cluster.Read(parsed),
            AllowsLoopback = _cluster.AllowsLoopback(parsed),
            AllowsExternalName = _cluster.AllowsExternalName(parsed),
            Http = parsed.GetValue(_http) ?? [],
            Https = parsed.GetValue(_https) ?? [],
            Admin = parsed.GetValue(_admin) ?? [],
            ControllerName = parsed.GetValue(_controllerName),
            DefaultBackend = parsed.GetValue(_defaultBackend),
            DefaultCertificate = parsed.GetValue(_defaultCertificate),
            Nginx = ReadNginx(parsed),
            DevCertificatesFolder = ReadDevCertificatesFolder(parsed),
            Tls = new()
            {
                MinimumVersion = parsed.GetValue(_minimumVersion),
                ClientCertificates = parsed.GetValue(_clientAuthorities) is { } secret
                    ? new() { Mode = ClientCertificateMode.Require, AuthoritiesSecret = secret }
                    : null,
                StrictTransportSecurity = parsed.GetValue(_strictTransportSecurity),
                RedirectToHttps = parsed.GetValue(_redirectToHttps) ? true : null,
            },
            MatchServerName = parsed.GetValue(_matchServerName),
            TrustedProxies = parsed.GetValue(_trustedProxies) ?? [],
            PassedHeaders = parsed.GetValue(_passedHeaders) ?? [],
            Http3 = parsed.GetValue(_http3),
            Backends = parsed.GetValue(_backends) ?? [],
            Resources = parsed.GetValue(_resources) ?? [],
            Limits = _limits.Read(parsed),
            BackendFailures = _backendRun.Read(parsed),
            Acme = _acme.Read(parsed),
            Observability = _observability.Read(parsed),
            Echo = parsed.GetValue(_echo),
            StartupTimeout = parsed.GetValue(_startupTimeout),
            Verbose = parsed.GetValue(_verbose),
        };
        return _shutdown.AddTo(settings, parsed) with
        {
            Http = settings.Http.Count + settings.Https.Count > 0 ? settings.Http : [ListenAddress.Default],
            Https = settings.Https.Count > 0 || (settings.DevCertificatesFolder ?? settings.Acme?.Storage) is null ? settings.Https : [ListenAddress.DefaultHttps],
        };
    }

    // A source reads the manifests again when it starts; what the controller says for all of them is needed before.
    private NginxOptions? ReadNginx(ParseResult parsed)
        => _annotations.Read(parsed) is not { } nginx || _annotations.ConfigMap(parsed) is not { } configMap
            ? _annotations.Read(parsed)
            : NginxConfigMapInput.Read(
                nginx,
                configMap,
                () => IngressManifests.Load((parsed.GetValue(_manifests) ?? []).Where(static path => path != ManifestInput.StandardInput)).Snapshot.ConfigMaps,
                parsed.InvocationConfiguration.Error);

    private string? ReadDevCertificatesFolder(ParseResult parsed)
        => parsed.GetValue(_devCertificatesFolder) is { } folder ? Path.GetFullPath(folder)
            : parsed.GetValue(_devCertificates) ? DevCertificateFolder.DefaultPath
            : null;

    private static Option<ListenAddress[]> Listen(string name, string description)
        => Several<ListenAddress>(
            name, "ADDR:PORT", description, ListenAddress.TryParse, ListenAddress.ProblemOf, $"ADDR:PORT. {ListenAddress.Notation}");

    private static Option<T[]> Several<T>(
        string name, string notation, string description, TryParse<T> tryParse, Func<string, string> problemOf, string expected)
        => new(name)
        {
            Description = description,
            HelpName = notation,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = argument => CommonOptions.ReadAll(argument, expected, tryParse, problemOf),
        };

    // A path that is not there yet would be served as nothing at all, and look like a gateway without routes.
    private static void MustExist(OptionResult result)
    {
        foreach (var path in result.Tokens.Select(token => token.Value).Where(path => path != ManifestInput.StandardInput && !Path.Exists(path)))
        {
            result.AddError($"--manifests: there is no file or folder '{path}'.");
        }
    }

    private static void FoldersMustExist(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (ResourceFolder.TryParse(token.Value, out var folder) && !Directory.Exists(folder.Directory))
            {
                result.AddError($"--resource: there is no folder '{folder.Directory}'.");
            }
        }
    }
}
