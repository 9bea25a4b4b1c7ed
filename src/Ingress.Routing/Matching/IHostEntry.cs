namespace Ingress.Routing.Matching;

/// <summary>What a <see cref="HostTable{T}"/> can hold.</summary>
/// <typeparam name="T">The type itself.</typeparam>
internal interface IHostEntry<T>
    where T : class, IHostEntry<T>
{
    /// <summary>Lays the entry out as the table keeps it.</summary>
    /// <param name="host">The host under which it is kept.</param>
    /// <param name="hash">The hash of the table.</param>
    /// <returns>The cells; the first is <see cref="HostName.Head"/> of the host, the last ones hold the rest of it, see <see cref="HostName.WriteTail"/>.</returns>
    HostCell[] ToCells(HostName host, TextHash hash);

    /// <summary>The entry that was laid out.</summary>
    static abstract T FromCells(HostCell[] cells);
}
