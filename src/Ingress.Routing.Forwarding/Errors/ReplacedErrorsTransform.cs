using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding.Errors;

/// <summary>Keeps the answer of the backend back where another takes its place.</summary>
internal sealed class ReplacedErrorsTransform : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response && ErrorReplacement.Of(context.HttpContext)?.ReplacesBackend((int)response.StatusCode) == true)
        {
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }
}
