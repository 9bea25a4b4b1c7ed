using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Internal;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace Ingress.Routing.AspNetCore.Resources;

/// <summary>Finds files in one folder, which need not exist, and follows no link out of it.</summary>
/// <remarks>The platform's own provider follows every link.</remarks>
internal sealed class ConfinedFileProvider(string folder) : IFileProvider
{
    public IFileInfo GetFileInfo(string subpath)
        => !subpath.EndsWith('/') && Resolve(subpath) is { } path && File.Exists(path)
            ? new PhysicalFileInfo(new FileInfo(path))
            : new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath)
        => Resolve(subpath) is { } path && Directory.Exists(path)
            ? new PhysicalDirectoryContents(path)
            : NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    // Resolved anew for each request: the folder may itself be a link that is moved from release to release.
    private string? Resolve(string subpath)
    {
        if (RealPath.Resolve(folder) is not { } realFolder || RealPath.Resolve(Path.Join(realFolder, subpath)) is not { } path)
        {
            return null;
        }

        var isInside = path == realFolder || path.StartsWith(realFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isInside ? path : null;
    }
}
