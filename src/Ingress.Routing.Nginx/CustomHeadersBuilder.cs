using System.Collections.Frozen;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Headers of a ConfigMap that the client gets.</summary>
internal sealed class CustomHeadersBuilder : PolicyBuilder
{
    public const string Name = "custom-headers";

    // What delimits messages and connections. A list of the controller can only be narrower.
    private static readonly FrozenSet<string> s_framing = FrozenSet.ToFrozenSet(
        ["Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"], StringComparer.OrdinalIgnoreCase);

    public string? ConfigMap { get; set; }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed || string.IsNullOrEmpty(ConfigMap))
        {
            return;
        }

        var map = context.FindConfigMap(ConfigMap);
        if (map.Value is null)
        {
            Refuse(Name, map, context);
            return;
        }

        var allowed = context.Settings<NginxOptions>().GlobalAllowedResponseHeaders;
        var edits = new List<HeaderEdit>();
        foreach (var (header, value) in map.Value.Data)
        {
            if (header.Length == 0 || !header.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || s_framing.Contains(header))
            {
                Refuse(Name, $"The ConfigMap '{map.Name}' has the entry '{header}', which is no header that may be set", context);
                return;
            }

            if (value.Length == 0 || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                Refuse(Name, $"The value of '{header}' in the ConfigMap '{map.Name}' is none that a header can have", context);
                return;
            }

            if (allowed is not null && !allowed.Contains(header))
            {
                Refuse(Name, $"The ConfigMap '{map.Name}' has the entry '{header}', which is not among the headers that the controller allows (global-allowed-response-headers)", context);
                return;
            }

            PolicyTemplate.TryParse(value.Replace("$", "$$", StringComparison.Ordinal), null, out var template, out _);
            edits.Add(new(HeaderEditKind.Set, header, template));
        }

        if (edits.Count > 0)
        {
            context.Add(new CustomResponseHeaders([.. edits]), Name);
        }
    }
}
