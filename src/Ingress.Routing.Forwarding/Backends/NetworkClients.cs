using Ingress.Routing.Forwarding.Limits;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>One client for each kind of connection that policies ask for, shared by all routes that ask for the same.</summary>
/// <remarks>
/// A client whose routes are gone, after a certificate was renewed for one, is disposed of when another one is made: its connections have to give
/// their places back. Requests on their way keep their client.
/// </remarks>
internal sealed class NetworkClients(IOptions<IngressForwardingOptions> options, RequestLimits limits) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientSettings, (WeakReference<NetworkClient> Client, HttpMessageInvoker Invoker)> _clients = [];

    /// <summary>How many there are, those included whose routes are gone.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>The client for connections of a kind; null for that of all others.</summary>
    public NetworkClient? Get(ClientSettings settings)
    {
        if (settings == ClientSettings.Default)
        {
            return null;
        }

        lock (_lock)
        {
            if (_clients.TryGetValue(settings, out var known) && known.Client.TryGetTarget(out var client))
            {
                return client;
            }

            foreach (var (gone, entry) in _clients.Where(static pair => !pair.Value.Client.TryGetTarget(out _)))
            {
                _clients.Remove(gone);
                entry.Invoker.Dispose();
            }

            var invoker = new NetworkClientFactory(options.Value, limits.Connections, settings).Create();
            client = new NetworkClient(invoker, settings.Tls is { } tls && BackendTlsOptions.NamesItself(tls));
            _clients.Add(settings, (new(client), invoker));
            return client;
        }
    }

    public void Dispose()
    {
        foreach (var (_, invoker) in _clients.Values)
        {
            invoker.Dispose();
        }
    }
}
