using System.Buffers;
using Ingress.Routing.Acme.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Acme;

/// <summary>Finds wrong settings at the start.</summary>
internal sealed class AcmeOptionsValidator(IServiceProviderIsService services) : IValidateOptions<AcmeOptions>
{
    // What would end the address, or begin another one.
    private static readonly SearchValues<char> s_notInAddress = SearchValues.Create(" ,<>?&\r\n");

    public ValidateOptionsResult Validate(string? name, AcmeOptions options)
    {
        var failures = new List<string>();
        Check(options.Directory is { IsAbsoluteUri: true, Scheme: "https" }, $"{nameof(AcmeOptions.Directory)} '{options.Directory}' is not the address of a directory: it begins with https://.");
        Check(
            options.StorageFolder is { Length: > 0 } || services.IsService(typeof(IAcmeStorage)),
            $"{nameof(AcmeOptions.StorageFolder)} is missing: without a place to keep certificates, each start would order them anew.");
        Check(
            options.Email is null || (options.Email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < options.Email.Length - 1 && !options.Email.AsSpan().ContainsAny(s_notInAddress)),
            $"{nameof(AcmeOptions.Email)} '{options.Email}' is not an address of e-mail.");
        Check(options.Challenges.Count > 0 && options.Challenges.All(Enum.IsDefined), $"{nameof(AcmeOptions.Challenges)} is empty, or has an unknown kind.");
        Check(Enum.IsDefined(options.KeyKind) && Enum.IsDefined(options.AccountKeyKind), $"{nameof(AcmeOptions.KeyKind)} is unknown.");
        Check(options.MaxOrdersPerHour is >= 1 and <= 10_000, $"{nameof(AcmeOptions.MaxOrdersPerHour)} is not from 1 to 10000.");
        Check(options.MaxConcurrentOrders is >= 1 and <= 100, $"{nameof(AcmeOptions.MaxConcurrentOrders)} is not from 1 to 100.");
        Check(options.RetryDelay > TimeSpan.Zero && options.MaxRetryDelay >= options.RetryDelay, $"{nameof(AcmeOptions.RetryDelay)} is not positive, or longer than {nameof(AcmeOptions.MaxRetryDelay)}.");
        Check(options.MaxRetryDelay <= TimeSpan.FromDays(30), $"{nameof(AcmeOptions.MaxRetryDelay)} is longer than 30 days.");
        Check(IsShort(options.RequestTimeout) && IsShort(options.OrderTimeout), $"{nameof(AcmeOptions.RequestTimeout)} and {nameof(AcmeOptions.OrderTimeout)} are from a second to an hour.");
        Check(
            (options.ExternalAccountKeyId is null) == (options.ExternalAccountKey is null)
                && (options.ExternalAccountKey is null || (Base64Url.TryDecode(options.ExternalAccountKey, out var key) && key.Length > 0)),
            $"{nameof(AcmeOptions.ExternalAccountKeyId)} and {nameof(AcmeOptions.ExternalAccountKey)} belong together, and the key is written in base64url.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool isRight, string failure)
        {
            if (!isRight)
            {
                failures.Add(failure);
            }
        }
    }

    private static bool IsShort(TimeSpan time) => time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromHours(1);
}
