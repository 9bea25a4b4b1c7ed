using System.Text;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Changes the addresses in the headers of a response, as nginx does it.</summary>
internal sealed class AddressEditor(AddressEdits edits)
{
    public void Apply(HttpContext context, IPolicyRequest request)
    {
        var headers = context.Response.Headers;
        if (edits.CookieDomain is not null || edits.CookiePath is not null)
        {
            Change(headers, HeaderNames.SetCookie, cookie => Cookie(cookie, request));
        }

        if (edits.Location is { } location)
        {
            Change(headers, HeaderNames.Location, value => Absolute(Beginning(location, value, request), request) ?? value);
            Change(headers, "Refresh", value => Refresh(location, value, request));
        }
    }

    private string Cookie(string cookie, IPolicyRequest request)
    {
        var result = new StringBuilder(cookie.Length + 16);
        foreach (var part in cookie.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? part : part[..equals]).Trim();
            var changed = (result.Length == 0 || equals < 0) ? null
                : edits.CookieDomain is { } domain && name.Equals("domain", StringComparison.OrdinalIgnoreCase) ? Domain(domain, part[(equals + 1)..].Trim(), request)
                : edits.CookiePath is { } path && name.Equals("path", StringComparison.OrdinalIgnoreCase) ? Beginning(path, part[(equals + 1)..].Trim(), request)
                : null;
            result.Append(result.Length == 0 ? "" : ";").Append(changed is null ? part : part[..(equals + 1)] + changed);
        }

        return result.ToString();
    }

    // A dot in front is no part of a domain, and stays where it is.
    private static string? Domain(TextReplacement domain, string value, IPolicyRequest request)
        => value.TrimStart('.').Equals(domain.From.TrimStart('.'), StringComparison.OrdinalIgnoreCase)
            ? (value.StartsWith('.') ? "." : "") + Expand(domain, request).TrimStart('.')
            : null;

    private static string? Beginning(TextReplacement edit, string value, IPolicyRequest request)
        => value.StartsWith(edit.From, StringComparison.Ordinal) ? Expand(edit, request) + value[edit.From.Length..] : null;

    // A path that takes the place of a URL stands for one of the host of the request.
    private static string? Absolute(string? location, IPolicyRequest request)
        => location is ['/', not '/', ..] or "/" ? $"{request.Scheme}://{request.Host}{location}" : location;

    private static string Refresh(TextReplacement edit, string value, IPolicyRequest request)
    {
        var url = value.IndexOf("url=", StringComparison.OrdinalIgnoreCase);
        return url >= 0 && Beginning(edit, value[(url + 4)..], request) is { } changed ? value[..(url + 4)] + changed : value;
    }

    private static string Expand(TextReplacement edit, IPolicyRequest request)
        => string.Concat(edit.To.ExpandFor(request).Where(static c => c is > ' ' and <= '~' and not ';'));

    private static void Change(IHeaderDictionary headers, string name, Func<string, string> change)
    {
        if (headers.TryGetValue(name, out var values))
        {
            headers[name] = new StringValues([.. values.Select(value => value is null ? null : change(value))]);
        }
    }
}
