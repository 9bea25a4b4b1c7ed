using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ingress.Routing.Manifests.Files;

/// <summary>What Linux knows of files and the framework does not tell. Elsewhere, nothing is known.</summary>
internal static partial class NativeFile
{
    private const int NoSuchEntry = 2;
    private const int NotAFolder = 20;
    private const int TryAgain = 11; // EAGAIN: a process has the file open for writing

    // Set by the first call that finds no such function, as with an old C library.
    private static volatile bool s_isMissing = !OperatingSystem.IsLinux();

    /// <summary>What a path leads to, or null when that is not known. Does not ask a server for it, if the path is on a network mount.</summary>
    public static PathKind? KindOf(string path)
    {
        const int CurrentFolder = -100;
        const int DoNotSynchronize = 0x4000;
        const uint TypeOnly = 1;
        const int OffsetOfMode = 28;
        if (s_isMissing || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            Span<byte> status = stackalloc byte[256];
            if (Statx(CurrentFolder, path, DoNotSynchronize, TypeOnly, ref MemoryMarshal.GetReference(status)) != 0)
            {
                return Marshal.GetLastPInvokeError() is NoSuchEntry or NotAFolder ? PathKind.Missing : PathKind.Unknown;
            }

            var mode = BitConverter.IsLittleEndian
                ? BinaryPrimitives.ReadUInt16LittleEndian(status[OffsetOfMode..])
                : BinaryPrimitives.ReadUInt16BigEndian(status[OffsetOfMode..]);
            return (mode & 0xF000) switch
            {
                0x1000 => PathKind.Pipe,
                0x2000 or 0x6000 => PathKind.Device,
                0x4000 => PathKind.Folder,
                0xC000 => PathKind.Socket,
                _ => PathKind.File,
            };
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            s_isMissing = true;
            return null;
        }
    }

    /// <summary>Whether any process has the file open for writing; null when that cannot be known.</summary>
    /// <remarks>
    /// Linux grants a read lease only on a file that is open for writing nowhere. The lease is given back at once. Should a process open the file
    /// in between, the kernel holds them up that long, and sends the signal that is set here, which does nothing.
    /// </remarks>
    public static bool? IsOpenForWriting(SafeFileHandle file)
    {
        const int SetSignal = 10;
        const int SetLease = 1024;
        const int ReadLease = 0;
        const int NoLease = 2;
        const int IgnoredSignal = 23; // SIGURG; without it, SIGIO would end the process
        if (s_isMissing)
        {
            return null;
        }

        try
        {
            if (Control(file, SetSignal, IgnoredSignal) != 0)
            {
                return null;
            }

            if (Control(file, SetLease, ReadLease) == 0)
            {
                _ = Control(file, SetLease, NoLease);
                return false;
            }

            return Marshal.GetLastPInvokeError() == TryAgain ? true : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}
