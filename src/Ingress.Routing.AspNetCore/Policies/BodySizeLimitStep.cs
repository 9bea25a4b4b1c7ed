using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore;

/// <summary>Answers requests whose body is too large: at once when it says so, else when it grows past the limit.</summary>
internal sealed class BodySizeLimitStep : PolicyStep<BodySizeLimit>
{
    protected override RequestDelegate Build(BodySizeLimit policy, IngressEndpointContext endpoint, RequestDelegate rest) => context =>
    {
        if (context.Request.ContentLength > policy.Bytes)
        {
            return PlainTextResponse.TooLargeAsync(context);
        }

        // The server counts what it reads. In place of its own limit, which is there for those that have none.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = policy.Bytes;
        }

        return context.Request.ContentLength is not null ? rest(context) : CountAsync(context, rest);
    };

    private static async Task CountAsync(HttpContext context, RequestDelegate rest)
    {
        try
        {
            await rest(context);
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge && !context.Response.HasStarted)
        {
            await PlainTextResponse.TooLargeAsync(context);
        }
    }
}
