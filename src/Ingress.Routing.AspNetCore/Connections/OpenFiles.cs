using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Asks the operating system.</summary>
internal sealed class OpenFiles : IOpenFiles
{
    private const int LinuxNoFile = 7;
    private const int BsdNoFile = 8;

    // The runtime has raised the soft limit to the hard one by now, so the soft one is what counts.
    public int? Limit { get; } = ReadLimit();

    public int? Count()
    {
        // Windows has no such limit, and no such folder.
        var folder = OperatingSystem.IsLinux() ? "/proc/self/fd" : "/dev/fd";
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            // Makes no string of each entry: there may be very many of them.
            var entries = new FileSystemEnumerable<bool>(folder, static (ref FileSystemEntry _) => true);
            var count = 0;
            foreach (var _ in entries)
            {
                count++;
            }

            return count - 1; // the folder itself
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int? ReadLimit()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var resource = OperatingSystem.IsLinux() ? LinuxNoFile : BsdNoFile;
        try
        {
            return GetResourceLimit(resource, out var limit) == 0 && limit.Soft < int.MaxValue ? (int)limit.Soft : null;
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetResourceLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceLimit
    {
        public readonly nuint Soft;
        public readonly nuint Hard;
    }
}
