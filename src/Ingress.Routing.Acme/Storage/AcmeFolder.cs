using Ingress.Routing.Acme.Storage;

namespace Ingress.Routing.Acme;

/// <summary>Keeps everything in a folder that only its owner can open: one file for each item. Thread-safe.</summary>
/// <remarks>
/// A file is written beside its place, to the disk, and renamed, so that a process that is killed leaves the old or the new one. The right to
/// order is a lock that the system takes back when the process ends; on a network file system that has no such locks, let one process alone use it.
/// </remarks>
public sealed class AcmeFolder : IAcmeStorage
{
    private const string Extension = ".json";
    private const string Draft = ".new-";
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private string _seen = "";

    /// <summary>Creates one. Nothing is read or made yet.</summary>
    /// <param name="path">The folder; it is made when it is first needed.</param>
    /// <param name="time">The clock that the wait for changes goes by; null for that of the system.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public AcmeFolder(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <inheritdoc />
    /// <exception cref="AcmeStorageException">The folder cannot be made or written to, or anyone can write to it.</exception>
    public ValueTask<IAcmeLease?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        FileStream file;
        try
        {
            OwnerOnly.CreateFolder(Path);
            CheckFolder();
            file = OwnerOnly.OpenExclusively(System.IO.Path.Combine(Path, "lock"));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return new((IAcmeLease?)null);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new AcmeStorageException($"Certificates cannot be kept in '{Path}': {exception.Message}", exception);
        }

        RemoveDrafts();
        return new(new FolderLease(file));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<AcmeItem>> ReadAsync(CancellationToken cancellationToken)
    {
        CheckFolder();
        _seen = Stamp();
        var items = new List<AcmeItem>();
        foreach (var kind in Enum.GetValues<AcmeItemKind>())
        {
            foreach (var file in Files(kind))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (ReadOne(kind, file) is { } item)
                {
                    items.Add(item);
                }
            }
        }

        return new(items);
    }

    /// <summary>Lists the certificates, without a right to anything.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The certificates by the end of their life, and what cannot be read, in sentences.</returns>
    /// <exception cref="IOException">Nothing can be read.</exception>
    /// <exception cref="AcmeStorageException">Anyone can write to the folder.</exception>
    public async Task<(IReadOnlyList<AcmeCertificate> Certificates, IReadOnlyList<string> Problems)> ListAsync(CancellationToken cancellationToken = default)
    {
        using var archive = new AcmeArchive(this);
        await archive.ReadAsync(cancellationToken).ConfigureAwait(false);
        return ([.. archive.Certificates.Values.OrderBy(static certificate => certificate.Chain.NotAfter).Select(AcmeCertificate.Of)], archive.Problems);
    }

    /// <inheritdoc />
    public ValueTask WriteAsync(AcmeItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(item.Content);
        var folder = FolderOf(item.Kind);
        OwnerOnly.CreateFolder(Path);
        OwnerOnly.CreateFolder(folder);
        var draft = System.IO.Path.Combine(folder, Draft + Guid.NewGuid().ToString("N"));
        try
        {
            OwnerOnly.WriteFile(draft, item.Content);
            File.Move(draft, FileOf(item.Kind, item.Name), overwrite: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
        finally
        {
            TryDelete(draft); // it is there only when something went wrong
        }

        return default;
    }

    /// <inheritdoc />
    public ValueTask DeleteAsync(AcmeItemKind kind, string name, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(FileOf(kind, name));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing of the kind was ever kept.
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }

        return default;
    }

    /// <inheritdoc />
    public async Task WaitForChangeAsync(CancellationToken cancellationToken)
    {
        // Looked at instead of watched: a watch misses changes on network file systems, and this costs a look at a few names.
        while (Stamp() == _seen)
        {
            await Task.Delay(s_pollInterval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static AcmeItem? ReadOne(AcmeItemKind kind, string file)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(file);
        try
        {
            return new()
            {
                Kind = kind,
                Name = name,
                Content = File.ReadAllText(file),
                Problem = OwnerOnly.IsOpenToOthers(file) ? "can be read by other users, and holds a key" : null,
            };
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // it has just been removed
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new() { Kind = kind, Name = name, Problem = $"cannot be read: {exception.Message}" };
        }
    }

    private void CheckFolder()
    {
        if (Directory.Exists(Path) && OwnerOnly.IsWritableByAnyone(Path))
        {
            throw new AcmeStorageException(
                $"Any user of this machine can write to '{Path}', so neither keys nor certificates are kept there or taken from there. "
                + "Run 'chmod 700' on it, or name another folder.");
        }
    }

    private string Stamp()
    {
        var stamp = new System.Text.StringBuilder();
        foreach (var kind in (AcmeItemKind[])[AcmeItemKind.Account, AcmeItemKind.Certificate, AcmeItemKind.Challenge])
        {
            foreach (var file in Files(kind))
            {
                stamp.Append(file).Append(File.GetLastWriteTimeUtc(file).Ticks);
            }
        }

        return stamp.ToString();
    }

    private string[] Files(AcmeItemKind kind)
    {
        try
        {
            return [.. Directory.GetFiles(FolderOf(kind), "*" + Extension).Where(IsItem).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static bool IsItem(string file) => !System.IO.Path.GetFileName(file).StartsWith('.');

    // Left by a process that was killed. Whoever has the lock is the only one who writes.
    private void RemoveDrafts()
    {
        foreach (var kind in Enum.GetValues<AcmeItemKind>())
        {
            var folder = FolderOf(kind);
            foreach (var draft in Directory.Exists(folder) ? Directory.GetFiles(folder, Draft + "*") : [])
            {
                TryDelete(draft);
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    private string FolderOf(AcmeItemKind kind) => System.IO.Path.Combine(Path, kind switch
    {
        AcmeItemKind.Account => "accounts",
        AcmeItemKind.Certificate => "certificates",
        AcmeItemKind.Order => "orders",
        AcmeItemKind.Challenge => "challenges",
        _ => "ledger",
    });

    private string FileOf(AcmeItemKind kind, string name)
    {
        if (name.Length is 0 or > 200 || name[0] == '.' || name.AsSpan().ContainsAny('/', '\\'))
        {
            throw new ArgumentException("It cannot be the name of an item.", nameof(name));
        }

        return System.IO.Path.Combine(FolderOf(kind), name + Extension);
    }

    private sealed class FolderLease(FileStream file) : IAcmeLease
    {
        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync() => file.DisposeAsync();
    }
}
