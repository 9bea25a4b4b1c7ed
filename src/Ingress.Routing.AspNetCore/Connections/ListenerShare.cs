namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>The connections of one listener. Each listener keeps a few, whatever becomes of the others.</summary>
internal sealed class ListenerShare
{
    /// <summary>How many are open. Only for who holds the gate of <see cref="ClientConnections"/>.</summary>
    public int Open { get; set; }
}
