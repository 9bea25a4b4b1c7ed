using System.Globalization;
using System.Runtime.InteropServices;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>Keeps what is measured on the first processor, and the client and the backend off it.</summary>
/// <remarks>With one processor there is nothing to choose.</remarks>
internal static partial class Pinning
{
    private static readonly int s_processors = Environment.ProcessorCount;

    /// <summary>What goes in front of a command line.</summary>
    public static string[] Prefix(Processors processors) => s_processors < 2 ? [] : processors switch
    {
        Processors.First => ["taskset", "-c", "0"],
        Processors.Others => ["taskset", "-c", string.Create(CultureInfo.InvariantCulture, $"1-{s_processors - 1}")],
        _ => [],
    };

    /// <summary>Keeps the calling thread off the first processor.</summary>
    public static void LeaveFirst()
    {
        var others = ~1L;
        _ = SetAffinity(0, sizeof(long), ref others); // fails where there is no other one
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, ref long processors);
}
