using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>What forwarding has to say about the pace at which the body of a request comes in.</summary>
internal static class BodyPace
{
    private const string Grpc = "application/grpc";

    /// <summary>Lets the messages of a gRPC call come when they come, if the backend takes them over a connection that other calls use as well.</summary>
    /// <remarks>Any client can say that it sends gRPC. It holds no connection to a backend by that, and the activity time-out holds for it too.</remarks>
    public static void Relax(HttpContext context, ServiceCluster cluster)
    {
        if (cluster.IsHttp2
            && context.Request.ContentType?.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase) == true
            && context.Features.Get<IRequestBodyProgressFeature>() is { } body)
        {
            body.MayBeQuiet = true;
        }
    }

    /// <summary>Answers 408 where the client was too slow, which YARP takes for a body that broke off.</summary>
    public static void NoteFailure(HttpContext context)
    {
        if (context.Features.Get<IRequestBodyProgressFeature>() is { IsTooSlow: true } && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status408RequestTimeout;

            // The rest of the body is not waited for.
            if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }
        }
    }
}
