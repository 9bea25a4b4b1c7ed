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

        // The server's own limit is for requests that have none. It counts the framing of chunks too, so this one cannot take its place.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        return context.Request.ContentLength is not null || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            ? rest(context)
            : CountAsync(context, policy, rest);
    };

    private static async Task CountAsync(HttpContext context, BodySizeLimit policy, RequestDelegate rest)
    {
        var body = context.Request.Body;
        context.Request.Body = new CountedBody(body, policy.Bytes);
        try
        {
            await rest(context);
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge && !context.Response.HasStarted)
        {
            await PlainTextResponse.TooLargeAsync(context);
        }
        finally
        {
            context.Request.Body = body;
        }
    }
}
