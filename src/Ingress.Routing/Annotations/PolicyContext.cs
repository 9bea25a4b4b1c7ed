using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What the annotations of one Ingress come to, while they are read.</summary>
/// <remarks>Used by one thread.</remarks>
public sealed class PolicyContext
{
    private readonly IngressResource _ingress;
    private readonly DiagnosticBag? _diagnostics;
    private readonly List<RoutePolicy> _policies = [];
    private ClosedRoute? _closed;

    /// <param name="diagnostics">Receives what is wrong; null when only the policies matter.</param>
    internal PolicyContext(IngressResource ingress, RouteTableOptions options, DiagnosticBag? diagnostics)
    {
        _ingress = ingress;
        RejectsBacktracking = options.RejectBacktrackingPatterns;
        KeepsSlashes = options.KeepSlashes;
        _diagnostics = diagnostics;
        Dialect = AnnotationDialect.Empty;
    }

    /// <summary>The Ingress.</summary>
    public NamespacedName Ingress => _ingress.Name;

    /// <summary>The dialect that is being read.</summary>
    public AnnotationDialect Dialect { get; internal set; }

    /// <summary>Whether patterns that need backtracking are refused.</summary>
    public bool RejectsBacktracking { get; }

    /// <summary>Whether runs of slashes are kept in paths.</summary>
    internal bool KeepsSlashes { get; }

    /// <summary>What the annotations ask for about TLS.</summary>
    internal TlsSettings? Tls { get; private set; }

    /// <summary>The policies of the routes of the Ingress.</summary>
    internal RoutePolicies Policies => RoutePolicies.Of(_closed is null ? _policies : [_closed, .. _policies]);

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

    /// <summary>Asks for TLS settings. What an earlier dialect asked for stays.</summary>
    internal void Request(TlsSettings settings) => Tls = Tls?.Or(settings) ?? settings;

    private string FieldOf(string annotation) => $"metadata.annotations[{Dialect.KeyOf(annotation)}]";
}
