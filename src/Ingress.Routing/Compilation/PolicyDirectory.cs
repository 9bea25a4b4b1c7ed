using System.Collections.Immutable;
using Ingress.Routing.Annotations;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>What the annotations of each served Ingress ask for. Immutable.</summary>
internal sealed class PolicyDirectory
{
    private readonly ImmutableDictionary<IngressResource, RequestedPolicies> _requested;

    private readonly DefaultPolicies _defaults;
    private readonly int _readers;

    private PolicyDirectory(ImmutableDictionary<IngressResource, RequestedPolicies> requested, DefaultPolicies defaults, int readers)
    {
        _requested = requested;
        _defaults = defaults;
        _readers = readers;
    }

    public static PolicyDirectory Empty { get; } =
        new(ImmutableDictionary.Create<IngressResource, RequestedPolicies>(ReferenceEqualityComparer.Instance), new(RouteTableOptions.Default), 0);

    /// <summary>Whether any Ingress asks for its paths to be read as something else than literal text.</summary>
    public bool HasPathReaders => _readers > 0;

    /// <summary>What one Ingress asks for; null when that is nothing.</summary>
    public RequestedPolicies? Of(IngressResource ingress) => _requested.GetValueOrDefault(ingress);

    /// <summary>Among which Services one Ingress shares its requests, besides those of its rules.</summary>
    public IReadOnlyList<RequestedWeight> WeightsOf(IngressResource ingress) => Of(ingress)?.Weights ?? [];

    /// <summary>Whether an Ingress has routes of its own, and is no canary.</summary>
    public bool HasRoutes(IngressResource ingress) => Of(ingress)?.Canary is null;

    /// <summary>The directory after some Ingresses ceased to be served and others began.</summary>
    public PolicyDirectory With(IEnumerable<IngressResource> ceased, IEnumerable<IngressResource> begun, RouteTableOptions options)
    {
        var defaults = ReferenceEquals(_defaults.Options, options) ? _defaults : new(options);
        var requested = _requested.ToBuilder();
        var readers = _readers;
        foreach (var ingress in ceased)
        {
            readers -= Of(ingress)?.Paths is null ? 0 : 1;
            requested.Remove(ingress);
        }

        foreach (var ingress in begun)
        {
            if (AnnotationReader.Read(ingress, options, defaults) is { } policies)
            {
                readers += policies.Paths is null ? 0 : 1;
                requested.Add(ingress, policies);
            }
        }

        return new(requested.ToImmutable(), defaults, readers);
    }
}
