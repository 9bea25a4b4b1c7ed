using System.Text;

namespace Ingress.Routing.Acme.Storage;

/// <summary>Files and folders that only their owner can open. On Windows the profile of the user, in which they belong, sees to that.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Creates a folder, unless it is there.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
        }
    }

    /// <summary>Writes a new file to the disk. At no time it has other permissions.</summary>
    public static void WriteFile(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Opens a file that nobody else can open in this way at the same time; the system lets go of it when the process ends.</summary>
    /// <exception cref="IOException">Somebody else has it open.</exception>
    public static FileStream OpenExclusively(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return new FileStream(path, options);
    }

    /// <summary>Whether another user can read or change a file.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Whether any user can put something else into a folder.</summary>
    public static bool IsWritableByAnyone(string path)
        => !OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0;
}
