using System.Collections.Immutable;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ingress.Routing.AspNetCore;

/// <summary>Makes changes of headers.</summary>
internal static class HeaderEditing
{
    public static void Apply(ImmutableArray<HeaderEdit> edits, IHeaderDictionary headers, IPolicyRequest request)
    {
        foreach (var edit in edits)
        {
            switch (edit.Kind)
            {
                case HeaderEditKind.Remove:
                    headers.Remove(edit.Name);
                    break;

                case HeaderEditKind.Set:
                    headers[edit.Name] = edit.ValueFor(request);
                    break;

                default:
                    headers[edit.Name] = StringValues.Concat(headers[edit.Name], edit.ValueFor(request));
                    break;
            }
        }
    }

    public static IPolicyRequest RequestOf(HttpContext context)
        => ((IngressMatchFeature)context.GetIngressMatch()!).RequestOf(context); // the endpoint was selected by a match
}
