using System.Runtime.CompilerServices;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>Whether a user has a password, with what is known already. Thread-safe.</summary>
/// <remarks>
/// What was right once is remembered, because a good hash takes a quarter of a second, and a page makes many requests. What is remembered goes with
/// the users that it was compared with: another version of the Secret has others. Slow hashes are computed by half of the processors at most, so that
/// guessing passwords leaves the other half to everything else.
/// </remarks>
internal sealed class PasswordCheck
{
    // Of the process, as the processors are.
    private static readonly SemaphoreSlim s_turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly ConditionalWeakTable<PasswordFile, VerifiedCredentials> _verified = [];

    public async ValueTask<bool> IsRightAsync(PasswordFile users, Credentials credentials, CancellationToken cancellation)
    {
        var verified = _verified.GetOrAdd(users, static _ => new());
        var key = VerifiedCredentials.KeyOf(credentials);
        if (verified.Contains(key))
        {
            return true;
        }

        // For a user that there is not it takes as long.
        var isKnown = users.TryFind(credentials.User, out var own);
        if ((isKnown ? own : users.Sample) is not { } hash || !await VerifyAsync(credentials, hash, cancellation) || !isKnown)
        {
            return false;
        }

        verified.Add(key);
        return true;
    }

    private static async ValueTask<bool> VerifyAsync(Credentials credentials, PasswordHash hash, CancellationToken cancellation)
    {
        if (!PasswordVerifier.IsSlow(hash.Scheme))
        {
            return PasswordVerifier.Verify(credentials.Password, hash);
        }

        await s_turns.WaitAsync(cancellation);
        try
        {
            return PasswordVerifier.Verify(credentials.Password, hash);
        }
        finally
        {
            s_turns.Release();
        }
    }
}
