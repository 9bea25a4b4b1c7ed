using System.Net.Http.Headers;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Takes an answer with too large a header section for a failure of the backend.</summary>
internal sealed class ResponseHeaderLimitTransform : ResponseTransform
{
    // Of "HTTP/1.1 200 ", of the end of that line, of ": " and the end of a header, and of the empty line.
    private const int StatusLine = 13 + LineEnd;
    private const int LineEnd = 2;
    private const int AroundValue = 2 + LineEnd;

    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response
            && context.HttpContext.GetIngressRoute()!.Policies.Find<ResponseHeaderLimit>() is { } limit
            && SizeOf(response) > limit.Bytes)
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"The headers of the answer are larger than the {limit.Bytes} bytes that a policy allows.");
        }

        return ValueTask.CompletedTask;
    }

    private static long SizeOf(HttpResponseMessage response)
        => StatusLine + (response.ReasonPhrase?.Length ?? 0) + SizeOf(response.Headers) + SizeOf(response.Content.Headers) + LineEnd;

    private static long SizeOf(HttpHeaders headers)
    {
        long size = 0;
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                size += name.Length + value.Length + AroundValue;
            }
        }

        return size;
    }
}
