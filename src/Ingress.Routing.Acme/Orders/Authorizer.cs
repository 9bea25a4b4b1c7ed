using System.Security.Cryptography;
using System.Text;
using Ingress.Routing.Acme.Challenges;
using Ingress.Routing.Acme.Protocol;
using Ingress.Routing.Acme.Storage;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Shows a CA who runs a host (RFC 8555, 7.5). Thread-safe.</summary>
internal sealed class Authorizer(
    AcmeClient client, AcmeArchive archive, IAcmeStorage storage, ChallengeAnswers answers, IDnsChallengeProvider? dns, AcmeOptions options, TimeProvider time)
{
    private const int MostAttempts = 4;

    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_tidyUp = TimeSpan.FromSeconds(30);

    /// <summary>Gets one authorization.</summary>
    /// <param name="failures">How often it failed before: each time another kind of challenge goes first.</param>
    /// <exception cref="OrderFailedException">The CA was not convinced.</exception>
    public async Task AuthorizeAsync(Account account, Uri url, int failures, CancellationToken cancellationToken)
    {
        var poll = new Poll(time);
        var authorization = (await poll.TryAsync(() => client.GetAuthorizationAsync(account, url, cancellationToken), cancellationToken).ConfigureAwait(false)).Message;
        if (authorization.Status == "valid")
        {
            return;
        }

        var name = authorization.Identifier?.Value.ToLowerInvariant() ?? "";
        if (authorization.Status != "pending")
        {
            throw Failed(name, authorization, kind: null);
        }

        var (kind, challenge) = Choose(authorization, failures) ?? throw new OrderFailedException(
            $"For '{name}' the CA offers none of the challenges that can be answered here. It offers {Offered(authorization)}.");
        var answer = new StoredChallenge
        {
            Kind = kind,
            ServerName = name,
            Token = challenge.Token!,
            KeyAuthorization = account.Key.Authorize(challenge.Token!),
            Until = time.GetUtcNow() + s_longest,
        };
        await SetUpAsync(answer, cancellationToken).ConfigureAwait(false);
        try
        {
            await ConvinceAsync(account, url, challenge, name, poll, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or AcmeException { IsTrouble: true })
        {
            // The CA may still come to look. The answer stays until the order is taken up again, or for an hour.
            throw;
        }
        catch
        {
            await TearDownAsync(answer).ConfigureAwait(false);
            throw;
        }

        await TearDownAsync(answer).ConfigureAwait(false);
    }

    /// <summary>Takes down the answers that earlier attempts have left for some names.</summary>
    public async Task ForgetAsync(IReadOnlyList<string> names)
    {
        foreach (var left in archive.Challenges.Values.Where(challenge => names.Contains(challenge.ServerName, StringComparer.Ordinal)).ToList())
        {
            await TearDownAsync(left).ConfigureAwait(false);
        }
    }

    private async Task ConvinceAsync(
        Account account, Uri url, ChallengeMessage challenge, string name, Poll poll, CancellationToken cancellationToken)
    {
        // Taken up again after a restart, the CA may be looking at it already.
        var mustSay = challenge.Status == "pending";
        var attempts = 0;
        TimeSpan? retryAfter = null;
        while (true)
        {
            if (mustSay)
            {
                try
                {
                    await client.RespondAsync(account, challenge.Url!, cancellationToken).ConfigureAwait(false);
                    mustSay = false;
                }
                catch (AcmeException exception) when (exception.IsTrouble && ++attempts < MostAttempts)
                {
                    // It may have heard it all the same, which the authorization tells.
                    retryAfter = exception.RetryAfter;
                }
            }

            await poll.WaitAsync(retryAfter, cancellationToken).ConfigureAwait(false);
            (var authorization, retryAfter) = await poll.TryAsync(
                () => client.GetAuthorizationAsync(account, url, cancellationToken), cancellationToken).ConfigureAwait(false);
            switch (authorization.Status)
            {
                case "pending":
                    mustSay = mustSay && authorization.Challenges?.Any(other => other.Url == challenge.Url && other.Status == "pending") == true;
                    continue;

                case "valid":
                    return;

                default:
                    throw Failed(name, authorization, challenge.Type);
            }
        }
    }

    private (AcmeChallengeKind Kind, ChallengeMessage Challenge)? Choose(AuthorizationMessage authorization, int failures)
    {
        var possible = options.Challenges
            .Where(kind => kind == AcmeChallengeKind.Dns01 ? dns is not null : !authorization.Wildcard)
            .Select(kind => (Kind: kind, Challenge: authorization.Challenges?.FirstOrDefault(challenge => challenge.Type == TypeOf(kind) && IsUsable(challenge))))
            .Where(static choice => choice.Challenge is not null)
            .ToList();
        return possible.Count == 0 ? null : (possible[failures % possible.Count].Kind, possible[failures % possible.Count].Challenge!);
    }

    private static bool IsUsable(ChallengeMessage challenge)
        => challenge is { Url: not null, Token: { Length: <= 500 } token, Status: "pending" or "processing" } && Base64Url.IsWord(token);

    private static string TypeOf(AcmeChallengeKind kind) => kind switch
    {
        AcmeChallengeKind.Http01 => "http-01",
        AcmeChallengeKind.TlsAlpn01 => "tls-alpn-01",
        _ => "dns-01",
    };

    private static string Offered(AuthorizationMessage authorization)
        => AcmeProblem.OneLine(string.Join(", ", authorization.Challenges?.Select(static challenge => challenge.Type) ?? []));

    private static OrderFailedException Failed(string name, AuthorizationMessage authorization, string? kind)
    {
        var tried = authorization.Challenges?.FirstOrDefault(challenge => challenge.Error is not null && (kind is null || challenge.Type == kind))
            ?? authorization.Challenges?.FirstOrDefault(static challenge => challenge.Error is not null);
        return new(tried?.Error is { } problem
            ? AcmeProblem.OneLine($"The CA tried the challenge {tried.Type} for '{name}': {problem}")
            : AcmeProblem.OneLine($"The authorization for '{name}' is '{authorization.Status}'."));
    }

    private async Task SetUpAsync(StoredChallenge answer, CancellationToken cancellationToken)
    {
        if (answer.Kind == AcmeChallengeKind.Dns01)
        {
            try
            {
                await dns!.AddRecordAsync(RecordOf(answer), ValueOf(answer), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                throw new OrderFailedException(AcmeProblem.OneLine($"The DNS record for '{answer.ServerName}' could not be written: {exception.Message}"), null, exception);
            }

            return;
        }

        answers.Add(answer);
        await archive.WriteAsync(NameOf(answer), answer, cancellationToken).ConfigureAwait(false);
        if (storage.PropagationDelay > TimeSpan.Zero)
        {
            await Task.Delay(storage.PropagationDelay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Also when everything else was cancelled; what stays nevertheless does no harm, and is forgotten after an hour.
    private async Task TearDownAsync(StoredChallenge answer)
    {
        using var limit = new CancellationTokenSource(s_tidyUp, time);
        try
        {
            if (answer.Kind == AcmeChallengeKind.Dns01)
            {
                await dns!.RemoveRecordAsync(RecordOf(answer), ValueOf(answer), limit.Token).ConfigureAwait(false);
                return;
            }

            answers.Remove(answer);
            await archive.DeleteAsync(AcmeItemKind.Challenge, NameOf(answer), limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException || answer.Kind == AcmeChallengeKind.Dns01)
        {
            // See above.
        }
    }

    private static string RecordOf(StoredChallenge answer) => "_acme-challenge." + answer.ServerName;

    private static string ValueOf(StoredChallenge answer) => Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(answer.KeyAuthorization)));

    // Tokens of a CA may differ in case alone, and some file systems do not.
    private static string NameOf(StoredChallenge answer)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(answer.Token)).AsSpan(0, 16));
}
