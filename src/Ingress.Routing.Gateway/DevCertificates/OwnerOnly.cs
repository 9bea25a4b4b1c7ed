namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>Files and folders that only their owner can open. On Windows the profile of the user, in which they are, sees to that.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode WriteOfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Others = WriteOfOthers
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

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
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Whether another user can read or change a file or a folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="mode">Its permissions as <c>chmod</c> writes them.</param>
    public static bool IsOpenToOthers(string path, out string mode) => Has(path, Others, out mode);

    /// <summary>Whether another user can put something else into a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="mode">Its permissions as <c>chmod</c> writes them.</param>
    public static bool IsWritableByOthers(string path, out string mode) => Has(path, WriteOfOthers, out mode);

    private static bool Has(string path, UnixFileMode forbidden, out string mode)
    {
        var found = OperatingSystem.IsWindows() ? UnixFileMode.None : System.IO.File.GetUnixFileMode(path);
        mode = Convert.ToString((int)found, toBase: 8).PadLeft(4, '0');
        return (found & forbidden) != 0;
    }
}
