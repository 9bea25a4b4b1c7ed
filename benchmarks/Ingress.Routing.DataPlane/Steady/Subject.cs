namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A host whose objects change, so that it is known for each version what has to be answered.</summary>
/// <remarks>Changed by one thread, asked by many.</remarks>
internal abstract class Subject(string host)
{
    // The numbers of the changes that have changed it: as many as it has further versions.
    private volatile int[] _changes = [];

    public string Host => host;

    /// <summary>What a Service of its own is called.</summary>
    public string ServiceName { get; } = host.Replace('.', '-');

    /// <summary>The version on disk. The first one is zero.</summary>
    public int Version => _changes.Length;

    /// <summary>The name of the file that changes.</summary>
    public string FileName => $"{host}.yaml";

    /// <summary>Whether the endpoints are what changes: a request that a change overtakes may be sent to the newer ones.</summary>
    public virtual bool IsAboutEndpoints => false;

    /// <summary>What never changes; may be empty.</summary>
    public virtual string Fixed => "";

    /// <summary>The file of a version; null when the file is not there.</summary>
    public abstract string? Text(int version);

    /// <summary>Whether a response is what a version asks for.</summary>
    public abstract bool Fits(int version, in Reply reply);

    /// <summary>Takes note of a change that makes the next version.</summary>
    public void Change(int change) => _changes = [.. _changes, change];

    /// <summary>Whether a response is what some state of the manifests asks for.</summary>
    /// <param name="from">The change up to which the first of these states has all.</param>
    /// <param name="to">The same for the last one.</param>
    /// <param name="reply">The response.</param>
    public bool Fits(int from, int to, in Reply reply)
    {
        var changes = _changes;
        for (var version = VersionAt(changes, from); version <= VersionAt(changes, to); version++)
        {
            if (Fits(version, reply))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The versions that it had, or was about to have, between two changes.</summary>
    public (int From, int To) VersionsBetween(int from, int to)
    {
        var changes = _changes;
        return (VersionAt(changes, from), VersionAt(changes, to));
    }

    private static int VersionAt(int[] changes, int change)
    {
        var index = Array.BinarySearch(changes, change);
        return index < 0 ? ~index : index + 1;
    }
}
