using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What the annotations of one Ingress come to, while they are read.</summary>
/// <remarks>Used by one thread.</remarks>
public sealed class PolicyContext
{
    private readonly IngressResource _ingress;
    private readonly IPolicyObjects _objects;
    private readonly HashSet<ResourceReference> _references = [];
    private readonly DiagnosticBag? _diagnostics;
    private readonly List<RoutePolicy> _policies = [];
    private ClosedRoute? _closed;
    private TlsSettings? _tls;
    private RouteConditions? _conditions;
    private IReadOnlyList<RequestedWeight>? _weights;
    private RequestedCanary? _canary;
    private RequestedPaths? _paths;
    private RequestPolicy? _root;
    private readonly List<AddedHost> _hosts = [];

    /// <param name="objects">What annotations can refer to.</param>
    /// <param name="diagnostics">Receives what is wrong; null when only the policies matter.</param>
    internal PolicyContext(IngressResource ingress, RouteTableOptions options, IPolicyObjects objects, DiagnosticBag? diagnostics)
    {
        _ingress = ingress;
        _objects = objects;
        RejectsBacktracking = options.RejectBacktrackingPatterns;
        DefaultBackend = options.DefaultBackend;
        KeepsSlashes = options.KeepSlashes;
        HttpsPort = options.HttpsPort;
        _diagnostics = diagnostics;
        Dialect = AnnotationDialect.Empty;
    }

    /// <summary>The Ingress.</summary>
    public NamespacedName Ingress => _ingress.Name;

    /// <summary>The dialect that is being read.</summary>
    public AnnotationDialect Dialect { get; internal set; }

    /// <summary>Whether patterns that need backtracking are refused.</summary>
    public bool RejectsBacktracking { get; }

    /// <summary>The port that redirects to https lead to.</summary>
    public int HttpsPort { get; }

    /// <summary>Whether the Ingress has entries for TLS.</summary>
    public bool HasTls => _ingress.Tls.Count > 0;

    /// <summary>The hosts of the rules of the Ingress, each once; without that for all hosts.</summary>
    public IEnumerable<string> Hosts => _ingress.Rules.Select(static rule => rule.Host).OfType<string>().Where(static host => host.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>Whether the paths of the Ingress may be regular expressions, so that policies can take captures from them.</summary>
    public bool HasPathPatterns => _paths is not null;

    /// <summary>The names of the annotations that the Ingress has in the dialect, behind the prefix.</summary>
    internal IEnumerable<string> Names => _ingress.Metadata.Annotations.Keys
        .Where(key => key.StartsWith(Dialect.KeyPrefix, StringComparison.Ordinal))
        .Select(key => key[Dialect.KeyPrefix.Length..])
        .Order(StringComparer.Ordinal);

    /// <summary>Whether runs of slashes are kept in paths.</summary>
    internal bool KeepsSlashes { get; }

    /// <summary>What all annotations that were read come to; null when that is nothing.</summary>
    internal RequestedPolicies? Result
    {
        get
        {
            var policies = RoutePolicies.Of(_closed is null ? _policies : [_closed, .. _policies]);
            var result = new RequestedPolicies(policies, _canary is null ? _tls : null)
            {
                Conditions = _conditions ?? RouteConditions.None,
                Weights = _weights,
                Paths = _paths,
                AddedHosts = [.. _hosts],
                Root = _root,
                Canary = _canary is not null && _closed is not null ? new(null) : _canary,
                References = [.. _references],
            };
            return policies.IsEmpty && _tls is null && _conditions is null && _weights is null && _canary is null && _paths is null && _root is null && _hosts.Count == 0 && _references.Count == 0 ? null : result;
        }
    }

    /// <summary>Whether anything but conditions and a canary was asked for.</summary>
    internal bool HasPolicies => _policies.Count > 0 || _weights is not null || _tls is not null;

    /// <summary>The Service that takes the requests that nothing else does; null when there is none.</summary>
    public ServiceReference? DefaultBackend { get; }

    /// <summary>Whether a policy of a type was asked for already, by this dialect or an earlier one.</summary>
    /// <param name="policy">The exact type.</param>
    public bool Has(Type policy) => _policies.Exists(other => other.GetType() == policy);

    /// <summary>What the dialect says for all Ingresses.</summary>
    /// <typeparam name="T">The type of <see cref="AnnotationDialect.Settings"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The dialect has no settings of this type.</exception>
    public T Settings<T>()
        where T : class
        => Dialect.Settings as T ?? throw new InvalidOperationException($"The dialect '{Dialect}' has no settings of type {typeof(T)}.");

    /// <summary>Finds a Secret that an annotation refers to. When it changes, comes or goes, the annotations of this Ingress are read again.</summary>
    /// <param name="reference">
    /// <c>name</c> or <c>namespace/name</c>. Another namespace than that of the Ingress is refused, unless
    /// <see cref="AnnotationDialect.AllowsOtherNamespaces"/> is set.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
    public ReferencedObject<SecretResource> FindSecret(string reference) => Find(SecretResource.KindName, reference, _objects.FindSecret);

    /// <summary>Finds a ConfigMap that an annotation refers to. When it changes, comes or goes, the annotations of this Ingress are read again.</summary>
    /// <inheritdoc cref="FindSecret(string)" path="/param"/>
    /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
    public ReferencedObject<ConfigMapResource> FindConfigMap(string reference) => Find(ConfigMapResource.KindName, reference, _objects.FindConfigMap);

    /// <summary>Finds a Service that an annotation refers to. When it changes, comes or goes, the annotations of this Ingress are read again.</summary>
    /// <inheritdoc cref="FindSecret(string)" path="/param"/>
    /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
    /// <remarks>Its ports are part of it; its endpoints are not, and are looked up when there are requests.</remarks>
    public ReferencedObject<ServiceResource> FindService(string reference) => Find(ServiceResource.KindName, reference, _objects.FindService);

    /// <summary>Finds a ConfigMap that the host application names, in whatever namespace. When it changes, comes or goes, the annotations are read again.</summary>
    /// <param name="name">The ConfigMap. Never one that an annotation names: use <see cref="FindConfigMap(string)"/> for these.</param>
    public ConfigMapResource? FindConfigMap(NamespacedName name)
    {
        _references.Add(new(ConfigMapResource.KindName, name.Namespace, name.Name));
        return _objects.FindConfigMap(name);
    }

    /// <summary>Adds a policy to the routes of the Ingress.</summary>
    /// <param name="policy">The policy. When another dialect asked for one of its type before, that one stays, and this is reported.</param>
    /// <param name="annotation">The name of the annotation that asks for it, behind the prefix.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Add(RoutePolicy policy, string annotation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(annotation);
        var earlier = _policies.Find(other => other.GetType() == policy.GetType());
        if (earlier is null)
        {
            _policies.Add(policy);
        }
        else if (earlier != policy)
        {
            Warn(annotation, $"Annotations under another prefix ask for the same: {earlier.Describe()}. They decide, and this one is ignored.");
        }
    }

    /// <summary>Says which requests the paths of the Ingress take. Its default backend takes any.</summary>
    /// <param name="conditions">The conditions. Those of an earlier dialect stay, and this is reported.</param>
    /// <param name="annotation">The name of the annotation that asks for it, behind the prefix.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void AddConditions(RouteConditions conditions, string annotation)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(annotation);
        _conditions = Keep(_conditions, conditions, annotation);
    }

    /// <summary>Says how the requests of the Ingress are shared among Services.</summary>
    /// <param name="weights">The weights, one at least above zero. Those of an earlier dialect stay, and this is reported.</param>
    /// <param name="annotation">The name of the annotation that asks for it, behind the prefix.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void AddWeights(IReadOnlyList<RequestedWeight> weights, string annotation)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(annotation);
        _weights = Keep(_weights, weights, annotation);
    }

    /// <summary>Adds a host that no rule names.</summary>
    /// <param name="name">The host, or a wildcard such as <c>*.example.com</c>, which stands for one label; in lower case. A rule for it goes first.</param>
    /// <param name="target">The host of a rule of this Ingress.</param>
    /// <param name="redirect">What answers all requests; null to serve what the target serves, whichever Ingress it is of.</param>
    /// <param name="annotation">The name of the annotation that asks for it, behind the prefix.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="target"/> or <paramref name="annotation"/> is null.</exception>
    public void AddHost(string name, string target, RequestPolicy? redirect, string annotation)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(annotation);
        if (!_hosts.Exists(host => host.Name == name && host.Target == target))
        {
            _hosts.Add(new(name, target, redirect, Dialect.KeyOf(annotation)));
        }
    }

    /// <summary>Lets a policy answer requests for <c>/</c> of all hosts of the Ingress, whichever Ingress has that path.</summary>
    /// <param name="policy">The policy. That of an earlier dialect stays, and this is reported.</param>
    /// <param name="annotation">The name of the annotation that asks for it, behind the prefix.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void AddRoot(RequestPolicy policy, string annotation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(annotation);
        _root = Keep(_root, policy, annotation);
    }

    /// <summary>Says who reads the paths of the Ingress, and perhaps those of its hosts.</summary>
    /// <param name="reader">The reader, the same instance for all Ingresses. That of an earlier dialect stays, and this is reported.</param>
    /// <param name="requested">What the reader is told of this Ingress, a value.</param>
    /// <param name="annotation">The name of the annotation that asks for it, behind the prefix.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> or <paramref name="annotation"/> is null.</exception>
    public void ReadPaths(PathReader reader, object? requested, string annotation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(annotation);
        _paths = Keep(_paths, new RequestedPaths(reader, requested, Dialect.KeyOf(annotation)), annotation);
    }

    /// <summary>Says that the Ingress is a canary, and has no routes of its own.</summary>
    /// <param name="rule">Which requests it takes; null when that cannot be understood, and it takes none. The rule of an earlier dialect stays, and this is reported.</param>
    /// <param name="annotation">The name of the annotation that asks for it, behind the prefix.</param>
    /// <exception cref="ArgumentNullException"><paramref name="annotation"/> is null.</exception>
    public void AddCanary(CanaryRule? rule, string annotation)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        _canary = Keep(_canary, new RequestedCanary(rule), annotation);
    }

    /// <summary>Lets the routes of the Ingress answer 503. Report why as well.</summary>
    /// <param name="annotation">The name of the annotation that cannot be understood, behind the prefix.</param>
    /// <exception cref="ArgumentNullException"><paramref name="annotation"/> is null.</exception>
    public void Close(string annotation)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        _closed ??= new(Dialect.KeyOf(annotation));
    }

    /// <summary>Reports an error.</summary>
    /// <param name="annotation">The name of the annotation, behind the prefix.</param>
    /// <param name="message">What is wrong and what happens now.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Report(string annotation, string message)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        ArgumentNullException.ThrowIfNull(message);
        _diagnostics?.Refuse(_ingress, IngressDiagnosticIds.InvalidAnnotation, FieldErrorKind.Invalid, FieldOf(annotation), message);
    }

    /// <summary>Reports something that is served, but most likely not as it was meant.</summary>
    /// <param name="annotation">The name of the annotation, behind the prefix.</param>
    /// <param name="message">What is wrong and what happens now.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Warn(string annotation, string message)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        ArgumentNullException.ThrowIfNull(message);
        _diagnostics?.Warn(_ingress, IngressDiagnosticIds.InvalidAnnotation, FieldOf(annotation), message);
    }

    /// <summary>Reports something worth knowing.</summary>
    /// <param name="annotation">The name of the annotation, behind the prefix.</param>
    /// <param name="message">What it is, and what it means for requests.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Inform(string annotation, string message) => Inform(IngressDiagnosticIds.InvalidAnnotation, annotation, message);

    /// <summary>Reports something worth knowing under an id of its own.</summary>
    internal void Inform(string id, string annotation, string message)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        ArgumentNullException.ThrowIfNull(message);
        _diagnostics?.Inform(_ingress, id, FieldOf(annotation), message);
    }

    /// <summary>Reports a warning, or an error, under an id of its own.</summary>
    internal void Report(string id, string annotation, string message, bool isError)
    {
        if (isError)
        {
            _diagnostics?.Refuse(_ingress, id, FieldErrorKind.Invalid, FieldOf(annotation), message);
        }
        else
        {
            _diagnostics?.Warn(_ingress, id, FieldOf(annotation), message);
        }
    }

    /// <summary>Asks for TLS settings. What an earlier dialect asked for stays.</summary>
    internal void Request(TlsSettings settings) => _tls = _tls?.Or(settings) ?? settings;

    /// <summary>Notes that it cannot be understood which requests the paths of the Ingress take.</summary>
    internal void AddUnknownConditions() => _conditions = RouteConditions.Unknown;

    /// <summary>Reports what is wrong with a reference.</summary>
    internal void Report<T>(string annotation, ReferencedObject<T> referenced, string consequence)
        where T : KubernetesResource
    {
        var id = !referenced.IsMissing ? IngressDiagnosticIds.InvalidAnnotation
            : typeof(T) == typeof(SecretResource) ? IngressDiagnosticIds.ReferencedSecretNotFound
            : typeof(T) == typeof(ConfigMapResource) ? IngressDiagnosticIds.ReferencedConfigMapNotFound
            : IngressDiagnosticIds.ReferencedServiceNotFound;
        _diagnostics?.Refuse(_ingress, id, FieldErrorKind.Invalid, FieldOf(annotation), $"{referenced.Problem}. {consequence}");
    }

    // The one place where an object of another namespace is refused. What is asked for is remembered before it is known whether it exists.
    private ReferencedObject<T> Find<T>(string kind, string reference, Func<NamespacedName, T?> find)
        where T : KubernetesResource
    {
        ArgumentNullException.ThrowIfNull(reference);
        var written = reference.Trim();
        if (!NamespacedName.TryParse(written.Contains('/', StringComparison.Ordinal) ? written : $"{Ingress.Namespace}/{written}", null, out var name))
        {
            return new(default, null, $"It is '{written}', and must be the name of a {kind}, or 'namespace/name'");
        }

        if (name.Namespace != Ingress.Namespace && !Dialect.AllowsOtherNamespaces)
        {
            return new(default, null, $"The {kind} '{name}' is in another namespace than the Ingress, and only those of its own are used");
        }

        _references.Add(new(kind, name.Namespace, name.Name));
        return find(name) is { } found ? new(name, found, null) : new(name, null, $"There is no {kind} '{name}'");
    }

    private T Keep<T>(T? earlier, T asked, string annotation)
        where T : class
    {
        if (earlier is not null && !earlier.Equals(asked))
        {
            Warn(annotation, "Annotations under another prefix ask for something else. They decide, and this one is ignored.");
        }

        return earlier ?? asked;
    }

    private string FieldOf(string annotation) => $"metadata.annotations[{Dialect.KeyOf(annotation)}]";
}
