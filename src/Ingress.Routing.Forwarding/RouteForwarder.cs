using System.Collections.Concurrent;
using System.Diagnostics;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Errors;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Forwarding.Observability;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding;

/// <summary>Forwards the requests of one route.</summary>
internal sealed class RouteForwarder(
    IngressRoute route,
    BackendPlan? plan,
    ServiceClusters clusters,
    RouteModelFactory models,
    RequestDelegate pipeline,
    RequestLimits limits,
    SecondTry secondTry,
    ILogger<RouteForwarder> logger)
{
    // By the cluster; one for nearly all routes.
    private readonly ConcurrentDictionary<(ClusterKey, bool HasPolicies), Endpoint> _successors = new();
    private readonly bool _hasErrorPages = route.Policies.Find<ErrorPages>() is not null;
    private readonly ServiceReference? _fallback = route.Policies.Find<FallbackService>()?.Service;
    private volatile KnownCluster? _known;

    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        var match = context.GetIngressMatch()!; // The endpoint was selected by a match.
        var call = plan is null ? null : new BackendCall(context, plan, start) { Session = plan.Sessions?.Begin(context, match) };
        var traits = plan?.TraitsFor(context.Request) ?? default;
        var cluster = Find(match, traits);
        if (!cluster.HasDestinations && match.TryAvoidCanary())
        {
            cluster = Find(match, traits);
        }

        if (!cluster.HasDestinations && _fallback is not null && clusters.Get(_fallback, match.Table) is { HasDestinations: true } fallback)
        {
            ErrorRequest.Tell(context, match, StatusCodes.Status503ServiceUnavailable);
            match.SendTo(_fallback);
            cluster = fallback;
            call = null; // what policies say is about the backend
        }

        if (!cluster.HasDestinations)
        {
            // D16.
            FailureLog.NoDestinations(logger, context, route, cluster.Destinations);
            await PlainAnswer.UnavailableAsync(context);
            return;
        }

        if (!limits.TryEnter(context, route, cluster, out var answer))
        {
            await answer;
            return;
        }

        var request = new ForwardedRequest(match);
        context.Features.Set(request);
        IForwarderErrorFeature? failure;
        try
        {
            // A page for an error is asked for after the call of the backend that failed.
            if (call is not null || (_hasErrorPages && context.Features.Get<BackendCall>() is not null))
            {
                call?.Cluster = cluster.State;
                call?.Requests = cluster.Requests;
                call?.Health = cluster.Health;
                context.Features.Set(call);
            }

            BindTo(cluster, call is not null, context);
            BodyPace.Relax(context, cluster);
            await ForwardAsync(context, request);
            failure = context.GetForwarderErrorFeature();
            if (failure is not null && call is null && secondTry.Prepare(context, cluster, failure, start) is { } second)
            {
                call = second;
                request.Observation?.GoesOn();
                BindTo(cluster, hasPolicies: true, context);
                await ForwardAsync(context, request);
                failure = context.GetForwarderErrorFeature();
            }
        }
        finally
        {
            limits.Leave(request, cluster);
        }

        if (failure is null)
        {
            EndpointVerdict.Succeeded(context, cluster);
            return;
        }

        if (call is not null)
        {
            TimeoutFailure.Note(call);
            failure = context.GetForwarderErrorFeature() ?? failure;
        }

        EndpointVerdict.Failed(context, cluster);

        var isBusy = limits.IsBusy(context, match.Service!);
        if (!isBusy)
        {
            FailureLog.Failure(logger, context, route, match.Service!, failure);
        }

        if (IsAnswerMissing(context))
        {
            BodyPace.NoteFailure(context);
            await (isBusy ? PlainAnswer.BusyAsync(context) : PlainAnswer.FailedAsync(context));
        }
    }

    private ServiceCluster Find(IIngressMatchFeature match, BackendTraits traits)
    {
        var service = match.Service!;
        var generation = match.Generation.Number;
        var known = _known;
        if (known is not null && known.IsOf(service, traits, generation))
        {
            return known.Cluster;
        }

        var cluster = clusters.Get(new ClusterKey(service, traits), match.Table);

        // Those of a request that is late would take turns with those of the table in force, and where several Services share the requests they would
        // take turns too.
        if (route.Split is null && cluster.HasDestinations && generation >= (known?.Generation ?? 0))
        {
            _known = new KnownCluster(service, traits, generation, cluster);
        }

        return cluster;
    }

    private async Task ForwardAsync(HttpContext context, ForwardedRequest request)
    {
        Http1Trailers? trailers;
        var observation = request.Observation = UpstreamObservation.Begin(context);
        try
        {
            await pipeline(context);
        }
        finally
        {
            trailers = Http1Trailers.GiveBack(context);
            observation?.End(context);
        }

        if (trailers is { IsBodyComplete: true })
        {
            await trailers.EndBodyAsync();
        }
    }

    // YARP takes route and cluster from the metadata of the endpoint. It was made for the cluster of its time, which has a successor once
    // the protocol of the Service port has changed. A route with several Services has one for each.
    private void BindTo(ServiceCluster cluster, bool hasPolicies, HttpContext context)
    {
        var endpoint = context.GetEndpoint()!;
        if (IsBoundTo(cluster, hasPolicies, endpoint))
        {
            return;
        }

        var key = (cluster.Key, hasPolicies);
        if (!_successors.TryGetValue(key, out var successor) || !IsBoundTo(cluster, hasPolicies, successor))
        {
            var metadata = new EndpointMetadataCollection([.. endpoint.Metadata, models.Create(route, cluster, hasPolicies)]); // The last one counts.
            _successors[key] = successor = new Endpoint(endpoint.RequestDelegate, metadata, endpoint.DisplayName);
        }

        context.SetEndpoint(successor);
    }

    private static bool IsBoundTo(ServiceCluster cluster, bool hasPolicies, Endpoint endpoint)
        => endpoint.Metadata.GetMetadata<RouteModel>() is { } model && model.Cluster == cluster.State && (!hasPolicies || RouteModelFactory.HasBackendPolicies(model.Config));

    // YARP sets a bare status when forwarding fails. A failure may also come to light after the backend has answered: a request body that
    // broke off behind an answer without a body. That answer is the backend's, and recognised by its headers.
    private static bool IsAnswerMissing(HttpContext context)
    {
        var response = context.Response;
        if (context.GetForwarderErrorFeature() is not { } failure
            || response.HasStarted
            || response.StatusCode < StatusCodes.Status400BadRequest
            || context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }

        return failure.Error is not (ForwarderError.RequestBodyClient or ForwarderError.RequestBodyDestination)
            || response.Headers.Count == 0;
    }
}
