using System.Collections.Concurrent;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>Keeps what was issued, so that a name costs a signature once. Thread-safe; what is there is found without a lock.</summary>
/// <param name="issue">Issues a certificate.</param>
/// <param name="time">Says what is due.</param>
/// <param name="capacity">How many are kept; beyond that, those go that were not used for the longest time.</param>
internal sealed class DevCertificateCache(Func<DevCertificateName, DateTimeOffset, DevCertificate> issue, TimeProvider time, int capacity)
{
    private readonly ConcurrentDictionary<DevCertificateName, DevCertificate> _certificates = new();

    // One at a time: a client that makes names up keeps one core busy at most, and a burst for one name costs one signature.
    private readonly Lock _issuing = new();

    public int Count => _certificates.Count;

    public DevCertificate Get(DevCertificateName name)
    {
        var now = time.GetUtcNow();
        if (Find(name, now) is { } found)
        {
            return found;
        }

        lock (_issuing)
        {
            if (Find(name, now) is { } other)
            {
                return other;
            }

            var issued = issue(name, now);
            if (_certificates.Count >= capacity)
            {
                MakeRoom();
            }

            _certificates[name] = issued;
            return issued;
        }
    }

    private DevCertificate? Find(DevCertificateName name, DateTimeOffset now)
    {
        if (!_certificates.TryGetValue(name, out var certificate) || certificate.IsDue(now))
        {
            return null;
        }

        certificate.Use(now);
        return certificate;
    }

    // A tenth at once, because all have to be looked through. They are not disposed: a handshake may be using one.
    private void MakeRoom()
    {
        foreach (var (name, _) in _certificates.ToArray().OrderBy(static pair => pair.Value.LastUsed).Take(Math.Max(1, capacity / 10)))
        {
            _certificates.TryRemove(name, out _);
        }
    }
}
