using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>What code says about hosts: about some by name, and about all others (D23). Immutable.</summary>
internal sealed class ConfiguredPolicies
{
    private readonly ImmutableHashSet<NamespacedName> _secrets;
    private readonly HostScope _withTlsEntries;

    private ConfiguredPolicies(RouteTableOptions options, ObjectSet<SecretResource> secrets)
    {
        var hosts = options.HostTls
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .DistinctBy(static pair => pair.Key.ToLowerInvariant())
            .ToDictionary(static pair => pair.Key.ToLowerInvariant(), static pair => pair.Value, StringComparer.Ordinal);
        var scopes = hosts.ToDictionary(
            static pair => pair.Key,
            pair => new HostScope(null, HostPolicyResolver.ForCode(SettingsOf(pair.Key, hosts).Or(options.Tls).Or(options.DialectTls), true, options, secrets)));
        var all = options.Tls.Or(options.DialectTls);
        var isSilent = all == TlsSettings.None && !options.RequireMatchingServerName;

        _secrets = [.. SecretsOf(options)];
        Hosts = scopes.Count == 0 ? ConfiguredHosts.None : new(scopes);
        AllHosts = isSilent ? HostScope.None : new(null, HostPolicyResolver.ForCode(all, false, options, secrets));
        _withTlsEntries = new(null, AllHosts.Policies.WithTlsEntries());
        Redirect = new(scopes.Values.Any(static scope => scope.Policies.RedirectToHttps == true), options);
    }

    /// <summary>The hosts that are named.</summary>
    public ConfiguredHosts Hosts { get; }

    /// <summary>All hosts about which nothing more specific says anything.</summary>
    public HostScope AllHosts { get; }

    /// <summary>The redirect to https of routes.</summary>
    public ConfiguredRedirect Redirect { get; }

    public static ConfiguredPolicies Of(RouteTableOptions options, ObjectSet<SecretResource> secrets) => new(options, secrets);

    /// <summary>What code says about the host of a rule by name; null when that is nothing.</summary>
    public HostPolicies? ForRule(string ruleHost) => Hosts.IsEmpty || ruleHost.Length == 0 ? null : Hosts.Find(ruleHost)?.Policies;

    /// <summary>The scope of a host; shared where it is that of all hosts.</summary>
    public HostScope ScopeOf(IngressRoute? defaultBackend, HostPolicies policies)
        => defaultBackend is null && ReferenceEquals(policies, AllHosts.Policies) ? AllHosts
            : defaultBackend is null && ReferenceEquals(policies, _withTlsEntries.Policies) ? _withTlsEntries
            : new(defaultBackend, policies);

    /// <summary>The same instance unless a Secret that code names has changed.</summary>
    public ConfiguredPolicies With(ClusterObjectChanges changes, ObjectSet<SecretResource> secrets, RouteTableOptions options)
        => changes.Secrets.Any(change => _secrets.Contains((change.Before ?? change.After)!.Name)) ? new(options, secrets) : this;

    /// <summary>Reports what is wrong with what code says.</summary>
    public void Report(ObjectSet<SecretResource> secrets, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        diagnostics.At(DiagnosticPhase.TlsPolicy);
        foreach (var (host, settings) in options.HostTls.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            ReportPem($"'{host}'", settings, Hosts.Find(host)?.Policies);
        }

        ReportPem("all hosts", options.Tls, AllHosts.Policies);
        foreach (var name in SecretsOf(options).Distinct())
        {
            var secret = secrets.Find(name);
            if ((secret is null ? "does not exist" : secret.ReadAuthorities().Problem) is { } problem)
            {
                diagnostics.Add(HostPolicyDiagnostics.ProblemOf(new(SecretResource.KindName, name.Namespace, name.Name), "", name, problem, secret?.Origin));
            }
        }

        void ReportPem(string hosts, TlsSettings settings, HostPolicies? policies)
        {
            if (settings.ClientCertificates is { AuthoritiesSecret: null, AuthoritiesPem: not null } && policies?.Tls.ClientTrust?.Problem is not null)
            {
                diagnostics.Add(new()
                {
                    Id = IngressDiagnosticIds.ClientAuthoritiesUnusable,
                    Severity = IngressDiagnosticSeverity.Error,
                    Message = $"The authorities or revocation lists that are configured for {hosts} are no readable PEM. No certificate is verified.",
                });
            }
        }
    }

    private static IEnumerable<NamespacedName> SecretsOf(RouteTableOptions options)
        => options.HostTls.Values.Append(options.Tls).Select(static settings => settings.ClientCertificates?.AuthoritiesSecret).OfType<NamespacedName>();

    // What is left open is taken from the wildcards above, the nearest first.
    private static TlsSettings SettingsOf(string host, Dictionary<string, TlsSettings> hosts)
    {
        var settings = hosts[host];
        var name = HostName.IsWildcard(host) ? host[2..] : host;
        while (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            name = name[(dot + 1)..];
            settings = hosts.TryGetValue("*." + name, out var above) ? settings.Or(above) : settings;
        }

        return settings;
    }
}
