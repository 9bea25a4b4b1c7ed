namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>The connections of one listener. Each listener keeps a few, whatever becomes of the others.</summary>
/// <param name="outlivesDrain">Whether it goes on until everything else has ended.</param>
internal sealed class ListenerShare(bool outlivesDrain)
{
    /// <summary>Whether it goes on until everything else has ended.</summary>
    public bool OutlivesDrain { get; } = outlivesDrain;

    /// <summary>How many are open. Only for who holds the gate of <see cref="ClientConnections"/>.</summary>
    public int Open { get; set; }
}
