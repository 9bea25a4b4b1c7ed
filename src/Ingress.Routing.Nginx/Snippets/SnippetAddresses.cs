using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary><c>allow</c> and <c>deny</c>: the first that fits decides, and without one all are let in.</summary>
internal sealed class SnippetAddresses
{
    private static readonly ImmutableArray<IPNetwork> s_all = [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    private readonly List<IPNetwork> _allowed = [];
    private readonly List<IPNetwork> _denied = [];
    private bool? _rest;
    private bool _isUsed;

    /// <summary>The addresses that are let in; null when no directive says so.</summary>
    public AddressList? Policy => !_isUsed ? null
        : _rest == false ? new AddressList { Allowed = [.. _allowed], Denied = _allowed.Count > 0 ? [.. _denied] : s_all }
        : new AddressList { Denied = [.. _denied] };

    /// <summary>Takes a directive.</summary>
    /// <returns>What is wrong, as a sentence without its full stop; null when nothing is.</returns>
    public string? Add(SnippetDirective directive)
    {
        if (directive.Arguments is not [var text])
        {
            return "It takes one address, network or 'all'";
        }

        _isUsed = true;
        if (_rest is not null)
        {
            return null; // 'all' came before it
        }

        var isAllowed = directive.Name == "allow";
        if (text == "all")
        {
            _rest = isAllowed;
            return null;
        }

        if (!NginxText.TryReadNetworks(text, out var networks) || networks is not [var network])
        {
            return $"'{text}' is no address and no network";
        }

        // A list of addresses has its exceptions first.
        if (!isAllowed && _allowed.Exists(other => other.Contains(network.BaseAddress) || network.Contains(other.BaseAddress)))
        {
            return $"'{text}' holds addresses that stand before it as allowed, which cannot be told here";
        }

        (isAllowed ? _allowed : _denied).Add(network);
        return null;
    }
}
