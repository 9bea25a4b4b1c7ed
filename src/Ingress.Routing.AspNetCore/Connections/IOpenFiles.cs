namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>The files, sockets and pipes that this process has open.</summary>
internal interface IOpenFiles
{
    /// <summary>How many there may be; null when the platform sets no limit, or none that is known.</summary>
    int? Limit { get; }

    /// <summary>How many there are; null when that cannot be found out.</summary>
    int? Count();
}
