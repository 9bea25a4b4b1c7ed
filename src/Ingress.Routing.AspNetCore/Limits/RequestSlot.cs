namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>What a request holds while it is answered: its room, its client and its body. Used again by the next request of a connection.</summary>
internal sealed class RequestSlot
{
    private RequestGate? _gate;
    private ClientCounts? _counts;
    private ClientCount? _client;

    /// <summary>The body that is watched; null for none.</summary>
    public ClientBody? Body { get; set; }

    /// <summary>Notes what has to be given back.</summary>
    /// <param name="gate">Where it was let in.</param>
    /// <param name="client">The client; null when that is unknown.</param>
    /// <param name="counts">Where the client was looked up for this request alone; null when its connection holds it.</param>
    public void Entered(RequestGate gate, ClientCount? client, ClientCounts? counts)
    {
        _gate = gate;
        _client = client;
        _counts = counts;
    }

    /// <summary>Gives everything back.</summary>
    public void Leave()
    {
        if (_gate is { } gate)
        {
            gate.Leave(_client);
        }

        if (_counts is { } counts)
        {
            counts.Release(_client!);
        }

        _gate = null;
        _client = null;
        _counts = null;
        Body = null;
    }
}
