using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>Credentials that were right, by a keyed hash: no password stays in memory. Bounded and thread-safe.</summary>
internal sealed class VerifiedCredentials
{
    private const int Most = 1024;

    private static readonly byte[] s_key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    private readonly ConcurrentDictionary<(UInt128, UInt128), bool> _known = new();

    public static (UInt128, UInt128) KeyOf(Credentials credentials)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(s_key, credentials.All, hash);
        return (MemoryMarshal.Read<UInt128>(hash), MemoryMarshal.Read<UInt128>(hash[16..]));
    }

    public bool Contains((UInt128, UInt128) key) => _known.ContainsKey(key);

    public void Add((UInt128, UInt128) key)
    {
        // Rare: more users than that at one Ingress. All of them are verified once more.
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[key] = true;
    }
}
