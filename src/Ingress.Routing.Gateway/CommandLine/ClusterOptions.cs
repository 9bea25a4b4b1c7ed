using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Ingress.Routing.Kubernetes;
using Ingress.Routing.Kubernetes.Watching;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options that are about a cluster: those of <c>run</c>, and those of commands that read it once.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<bool> _kubernetes = new("--kubernetes")
    {
        Description = "Serves the Ingresses of a cluster. Which one: --kubeconfig, $KUBECONFIG, the ServiceAccount of the Pod, or ~/.kube/config, in this order.",
    };

    private readonly Option<string?> _kubeconfig = new("--kubeconfig")
    {
        Description = "The kubeconfig file. It can run programs and read files: take it from nobody you do not trust.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _context = new("--context") { Description = "The context of the kubeconfig; its current-context by default.", HelpName = "NAME" };

    private readonly Option<string[]> _namespaces = new("--watch-namespace")
    {
        Description = "The namespaces to watch; all by default.",
        HelpName = "NS",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = static argument => CommonOptions.ReadAll(argument, "the name of a namespace", static (string text, out string? name) =>
        {
            name = text;
            return LabelSelector.IsDnsLabel(text);
        }),
    };

    private readonly Option<string?> _selector = new("--watch-namespace-selector")
    {
        Description = "Watches the namespaces whose labels match; may not be given with --watch-namespace.",
        HelpName = "SELECTOR",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "a selector of labels, such as 'team=shop,tier!=test'", static (string text, out string? selector) =>
        {
            selector = text;
            return LabelSelector.TryParse(text, out _);
        }),
    };

    private readonly Option<string?> _ingressClass = new("--ingress-class")
    {
        Description = "The one class to serve where IngressClasses may not be read.",
        HelpName = "NAME",
    };

    private readonly Option<NamespacedName?> _publishService = new("--publish-service")
    {
        Description = "The Service whose addresses are written into the status of Ingresses.",
        HelpName = "NS/NAME",
        CustomParser = static argument => CommonOptions.ReadOne(
            argument,
            "NS/NAME, such as ingress/gateway",
            static (string text, out NamespacedName? service) =>
            {
                var isName = ReferenceParser.TryParseName(text, out var parsed);
                service = parsed;
                return isName;
            },
            ReferenceParser.ProblemOfName),
    };

    private readonly Option<string[]> _publishAddresses = new("--publish-status-address")
    {
        Description = "Addresses or host names to write into the status of Ingresses, instead of those of --publish-service.",
        HelpName = "ADDR",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = static argument => CommonOptions.ReadAll(argument, "an IP address or a host name", static (string text, out string? address) =>
        {
            address = text;
            return text.Split(',').All(static part => IPAddress.TryParse(part, out _) || LabelSelector.IsDnsName(part));
        }),
    };

    private readonly Option<string?> _electionId = new("--election-id")
    {
        Description = "The name of the Lease that decides which replica writes; by default one made of --controller-name.",
        HelpName = "NAME",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "the name of a Lease", static (string text, out string? name) =>
        {
            name = text;
            return LabelSelector.IsDnsName(text);
        }),
    };

    private readonly Option<bool> _allowLoopback = new("--allow-loopback-endpoints")
    {
        Description = "With --kubernetes: lets EndpointSlices name addresses of this machine. For tests only.",
    };

    private readonly Option<bool> _allowExternalName = new("--allow-external-name")
    {
        Description = "Sends requests to the host that a Service of type ExternalName names. Whoever may write a Service then decides what the gateway reaches.",
    };

    private readonly bool _reads;

    /// <param name="reads">Whether the cluster is read once, and nothing is written.</param>
    public ClusterOptions(bool reads = false)
    {
        _reads = reads;
        if (reads)
        {
            _kubernetes.Description = "Reads a cluster instead of files. Which one: --kubeconfig, $KUBECONFIG, the ServiceAccount of the Pod, or ~/.kube/config, in this order.";
            _namespaces.AllowMultipleArgumentsPerToken = false; // what follows is a path or a URL
        }
    }

    /// <summary>The name of the Lease, for <c>check</c>, which asks whether it may be written.</summary>
    public Option ElectionId => _electionId;

    public IEnumerable<Option> All => _reads ? [_kubernetes, _kubeconfig, _context, _namespaces, _selector, _ingressClass, _allowLoopback, _allowExternalName] :
    [
        _kubernetes, _kubeconfig, _context, _namespaces, _selector, _ingressClass, _publishService, _publishAddresses, _electionId, _allowLoopback, _allowExternalName,
    ];

    /// <summary>Whether a cluster is to be served.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_kubernetes);

    /// <summary>Refuses what does not go together.</summary>
    /// <param name="command">The command as it was given.</param>
    /// <param name="manifests">The option that says what to serve without a cluster.</param>
    public void Validate(CommandResult command, Option manifests)
    {
        if (!IsGiven(command) && command.GetResult(manifests) is null)
        {
            command.AddError($"Option '{manifests.Name}' is required.");
        }

        Validate(command);
    }

    /// <summary>Whether a cluster is to be served or read.</summary>
    public bool IsGiven(CommandResult command) => command.GetResult(_kubernetes) is { Implicit: false } && command.GetValue(_kubernetes);

    /// <summary>Refuses options that do not go together.</summary>
    public void Validate(CommandResult command)
    {
        var isGiven = IsGiven(command);
        if (!isGiven)
        {
            foreach (var option in All.Where(option => option is not Option<bool> && command.GetResult(option) is { Implicit: false }))
            {
                command.AddError($"{option.Name} is about a cluster: give --kubernetes as well.");
            }
        }

        if (command.GetResult(_namespaces) is not null && command.GetResult(_selector) is not null)
        {
            command.AddError($"{_namespaces.Name} and {_selector.Name} say the same in two ways: give one of them.");
        }
    }

    /// <summary>Whether Services of type ExternalName are served.</summary>
    public bool AllowsExternalName(ParseResult parsed) => parsed.GetValue(_allowExternalName);

    /// <summary>Whether endpoints of this machine are served, be it that they come from files.</summary>
    public bool AllowsLoopback(ParseResult parsed) => !IsGiven(parsed) || parsed.GetValue(_allowLoopback);

    /// <summary>The cluster; null when none is to be served.</summary>
    public KubernetesOptions? Read(ParseResult parsed)
    {
        if (!IsGiven(parsed))
        {
            return null;
        }

        var options = new KubernetesOptions
        {
            KubeconfigFile = parsed.GetValue(_kubeconfig),
            Context = parsed.GetValue(_context),
            WatchNamespaceSelector = parsed.GetValue(_selector),
            IngressClass = parsed.GetValue(_ingressClass),
            PublishService = parsed.GetValue(_publishService),
            ElectionId = parsed.GetValue(_electionId),
        };
        (parsed.GetValue(_namespaces) ?? []).Distinct().ToList().ForEach(options.WatchNamespaces.Add);
        (parsed.GetValue(_publishAddresses) ?? []).SelectMany(static text => text.Split(',')).ToList().ForEach(options.PublishStatusAddresses.Add);
        return options;
    }
}
