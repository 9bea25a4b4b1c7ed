namespace Ingress.Routing.DataPlane.Peers;

/// <summary>Which processors a process may use.</summary>
internal enum Processors
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>The first one, which belongs to what is measured.</summary>
    First,

    /// <summary>All but the first one.</summary>
    Others,
}
