using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Model;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>All reflectors of one cluster, and what they know together.</summary>
internal sealed partial class ClusterWatch
{
    private static readonly TimeSpan s_staleAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_betweenChecks = TimeSpan.FromSeconds(30);

    private readonly KubernetesClient _client;
    private readonly KubernetesOptions _options;
    private readonly ReflectorOptions _reflection;
    private readonly KubernetesMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _ending;
    private readonly ServerGate _gate;
    private readonly ObjectReferences _references;
    private readonly Dictionary<ResourceReference, (Reflector Reflector, CancellationTokenSource Ending)> _byName = [];
    private readonly string? _controllerName;
    private readonly Lock _changing = new();
    private volatile IReadOnlyList<Reflector> _reflectors = [];

    public ClusterWatch(
        KubernetesClient client,
        KubernetesOptions options,
        IngressRoutingOptions routing,
        ReflectorOptions reflection,
        KubernetesMetrics metrics,
        TimeProvider time,
        ILogger logger,
        Action changed,
        CancellationToken ending)
    {
        _client = client;
        _options = options;
        _reflection = reflection;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _ending = ending;
        _gate = new(client, time, logger);
        _references = new(routing);
        _controllerName = routing.ControllerName;
        State = new(options.WatchNamespaceSelector is { } text && LabelSelector.TryParse(text, out var selector) ? selector : null, changed);
    }

    public ClusterState State { get; }

    public IReadOnlyList<Reflector> Reflectors => _reflectors;

    /// <summary>Begins to list and watch, and waits until all that is needed was listed.</summary>
    /// <returns>All of it.</returns>
    public async Task<ClusterChange> StartAsync()
    {
        foreach (var (scope, role) in Scopes())
        {
            Start(scope, role, _ending);
        }

        await Task.WhenAll(_reflectors.Select(static reflector => reflector.Synced)).WaitAsync(_ending).ConfigureAwait(false);
        var all = State.Take();
        Follow(all, isFirst: true);
        await Task.WhenAll(_reflectors.Select(static reflector => reflector.Synced)).WaitAsync(_ending).ConfigureAwait(false);
        _ = Task.Run(CheckAsync, CancellationToken.None);
        return State.Take() is { IsEmpty: false } later ? all.Then(later) : all;
    }

    /// <summary>Takes what has changed since.</summary>
    public ClusterChange Take()
    {
        var change = State.Take();
        Follow(change, isFirst: false);
        return change;
    }

    private IEnumerable<(WatchScope Scope, ReflectorRole Role)> Scopes()
    {
        if (_options.WatchNamespaceSelector is not null)
        {
            yield return (new(WatchedKind.Namespace, null), new(IsRequired: true));
        }

        var canDoWithoutClasses = _controllerName is null || _options.IngressClass is not null;
        yield return (new(WatchedKind.IngressClass, null), new(!canDoWithoutClasses, OnRefused: StandInForClass));
        var isFirst = true;
        foreach (var ns in _options.WatchNamespaces.Count == 0 ? [null] : _options.WatchNamespaces.Distinct().Cast<string?>())
        {
            yield return (new(WatchedKind.Ingress, ns), new(IsRequired: true));
            yield return (new(WatchedKind.Service, ns), new(IsRequired: true));
            yield return (new(WatchedKind.EndpointSlice, ns), new(IsRequired: true, isFirst));
            yield return (new(WatchedKind.Secret, ns, WatchScope.TlsSecrets), new(IsRequired: false));
            isFirst = false;
        }
    }

    private Reflector Start(WatchScope scope, ReflectorRole role, CancellationToken ending)
    {
        var reflector = new Reflector(scope, State.Add(scope), State, _client, _gate, _reflection, _metrics, role, _time, _logger);
        lock (_changing)
        {
            _reflectors = [.. _reflectors, reflector];
        }

        _ = Task.Run(() => reflector.RunAsync(ending), CancellationToken.None);
        return reflector;
    }

    // Where classes may not be read, one that was named stands for itself (K16).
    private void StandInForClass()
    {
        if (_options.IngressClass is { } name
            && _reflectors.FirstOrDefault(static reflector => reflector.Scope.Kind == WatchedKind.IngressClass) is { } classes
            && classes.Count == 0)
        {
            var standIn = new IngressClassResource { Metadata = new() { Name = name }, Controller = _controllerName };
            State.Replace(classes.Store, new() { [standIn.Name] = standIn }, "");
        }
    }

    // Objects that are referred to by name are watched as long as somebody does, unless they are watched anyway.
    private void Follow(ClusterChange change, bool isFirst)
    {
        var isChanged = _references.Take(
            change,
            () => State.All(WatchedKind.IngressClass).OfType<IngressClassResource>(),
            () => State.All(WatchedKind.Ingress).OfType<IngressResource>());
        if (!isChanged && !isFirst)
        {
            return;
        }

        var wanted = _references.All;
        foreach (var reference in _byName.Keys.Except(wanted).ToList())
        {
            var (reflector, ending) = _byName[reference];
            _byName.Remove(reference);
            ending.Cancel();
            lock (_changing)
            {
                _reflectors = [.. _reflectors.Where(other => other != reflector)];
            }

            State.Remove(reflector.Store);
        }

        foreach (var reference in wanted.Except(_byName.Keys).ToList())
        {
            var kind = reference.Kind == SecretResource.KindName ? WatchedKind.Secret : WatchedKind.ConfigMap;
            var name = new NamespacedName(reference.Namespace, reference.Name);
            if (kind == WatchedKind.Secret && State.Find(kind, name) is not null)
            {
                continue; // a TLS Secret
            }

            var ending = CancellationTokenSource.CreateLinkedTokenSource(_ending);
            _byName.Add(reference, (Start(WatchScope.One(kind, name), new(IsRequired: false), ending.Token), ending));
        }
    }

    // Nobody is told by a server that is silent.
    private async Task CheckAsync()
    {
        var stale = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                await Task.Delay(s_betweenChecks, _time, _ending).ConfigureAwait(false);
                foreach (var kind in _reflectors.GroupBy(static reflector => reflector.Scope.Kind))
                {
                    var age = kind.Max(reflector => reflector.Health.LastContact == 0 ? TimeSpan.Zero : _time.GetElapsedTime(reflector.Health.LastContact));
                    if (age < s_staleAfter)
                    {
                        stale.Remove(kind.Key.Name);
                    }
                    else if (stale.Add(kind.Key.Name))
                    {
                        Log.Stale(_logger, kind.Key.Plural, age);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static partial class Log
    {
        [LoggerMessage(26, LogLevel.Warning, "Nothing was heard of {Kind} for {Age}. What is known of them stays in force.", EventName = "ClusterStale")]
        public static partial void Stale(ILogger logger, string kind, TimeSpan age);
    }
}
