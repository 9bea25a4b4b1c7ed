using System.Collections.Immutable;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ingress.Routing.AspNetCore;

/// <summary>Makes changes of headers.</summary>
internal static class HeaderEditing
{
    /// <param name="status">The status of the answer whose headers they are; null for those of a request.</param>
    public static void Apply(ImmutableArray<HeaderEdit> edits, IHeaderDictionary headers, IPolicyRequest request, int? status = null)
    {
        foreach (var edit in edits)
        {
            if (status is { } code && !edit.IsFor(code))
            {
                continue;
            }

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

    /// <summary>Takes out what a client sends beside a header that a policy speaks of, so that no backend takes it for that one.</summary>
    public static void RemoveOtherSpellings(ImmutableArray<HeaderEdit> edits, IHeaderDictionary headers)
    {
        List<string>? others = null;
        foreach (var (name, _) in headers)
        {
            foreach (var edit in edits)
            {
                if (HeaderSpelling.IsOther(name, edit.Name))
                {
                    (others ??= []).Add(name);
                }
            }
        }

        others?.ForEach(name => headers.Remove(name));
    }

    public static IPolicyRequest RequestOf(HttpContext context)
        => ((IngressMatchFeature)context.GetIngressMatch()!).RequestOf(context); // the endpoint was selected by a match
}
