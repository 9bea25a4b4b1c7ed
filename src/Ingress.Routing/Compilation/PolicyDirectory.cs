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

    /// <summary>The Service ports that the policies of one Ingress send requests to.</summary>
    public IEnumerable<ServiceReference> ServicesOf(IngressResource ingress) => Of(ingress)?.Route.Services ?? [];

    /// <summary>Whether an Ingress has routes of its own, and is no canary.</summary>
    public bool HasRoutes(IngressResource ingress) => Of(ingress)?.Canary is null;

    /// <summary>The directory after some Ingresses ceased to be served and others began.</summary>
    /// <param name="stale">The Ingresses that stay, and have to be read again because of what they refer to.</param>
    /// <param name="changed">Receives those of them that ask for something else now.</param>
    public PolicyDirectory With(
        IReadOnlyCollection<IngressResource> ceased,
        IReadOnlyCollection<IngressResource> begun,
        IReadOnlyCollection<IngressResource> stale,
        IPolicyObjects objects,
        RouteTableOptions options,
        ICollection<IngressResource> changed)
    {
        if (ceased.Count == 0 && begun.Count == 0 && stale.Count == 0)
        {
            return this;
        }

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
            if (AnnotationReader.Read(ingress, options, objects, defaults) is { } policies)
            {
                readers += policies.Paths is null ? 0 : 1;
                requested.Add(ingress, policies);
            }
        }

        foreach (var ingress in stale)
        {
            var known = requested[ingress];
            var policies = AnnotationReader.Read(ingress, options, objects, defaults);
            if (!known.AsksLike(policies))
            {
                changed.Add(ingress);
            }
            else if (policies!.References.SequenceEqual(known.References))
            {
                continue;
            }

            readers += (policies?.Paths is null ? 0 : 1) - (known.Paths is null ? 0 : 1);
            if (policies is null)
            {
                requested.Remove(ingress);
            }
            else
            {
                requested[ingress] = policies;
            }
        }

        return new(requested.ToImmutable(), defaults, readers);
    }
}
