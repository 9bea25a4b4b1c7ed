using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> about certificates by ACME.</summary>
internal sealed class AcmeRunOptions
{
    /// <summary>Where certificates are kept unless the command line says otherwise.</summary>
    public static string DefaultStorage { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ingress-gateway", "acme");

    private readonly Option<string?> _email = new("--acme-email")
    {
        Description = "Orders certificates by ACME for hosts of tls sections without a Secret; the CA can write to this address about them.",
        HelpName = "ADDR",
    };

    private readonly Option<bool> _agreeToTerms = new("--acme-agree-tos")
    {
        Description = "You have read the terms of service of the CA, and agree to them.",
    };

    private readonly Option<Uri?> _directory = new("--acme-directory")
    {
        Description = "The ACME directory of the CA. The default is that of Let's Encrypt.",
        HelpName = "URL",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "a URL that begins with https://", static (string text, out Uri? url)
            => Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme == Uri.UriSchemeHttps),
    };

    private readonly Option<X509Certificate2Collection?> _authorities = new("--acme-ca")
    {
        Description = "A file of PEM certificates that vouch for the CA's own https, instead of those of the system.",
        HelpName = "FILE",
        CustomParser = static argument => CommonOptions.ReadOne<X509Certificate2Collection?>(argument, "a file of PEM certificates", TryRead),
    };

    private readonly Option<string?> _storage = StorageOption($"Where account, keys and certificates are kept. The default is {DefaultStorage}.");

    public IEnumerable<Option> All => [_email, _agreeToTerms, _directory, _authorities, _storage];

    /// <summary>The option that names the folder, as <c>certificates</c> has it too.</summary>
    public static Option<string?> StorageOption(string description) => new("--acme-storage") { Description = description, HelpName = "DIR" };

    /// <summary>What was asked for; null when none of these options was given.</summary>
    public AcmeSettings? Read(ParseResult parsed)
        => All.All(option => parsed.GetResult(option) is null or { Implicit: true }) ? null : new()
        {
            Email = parsed.GetValue(_email),
            AgreeToTerms = parsed.GetValue(_agreeToTerms),
            Directory = parsed.GetValue(_directory),
            Authorities = parsed.GetValue(_authorities) ?? [],
            Storage = parsed.GetValue(_storage) is { Length: > 0 } storage ? Path.GetFullPath(storage)
                : Path.IsPathFullyQualified(DefaultStorage) ? DefaultStorage
                : throw new SettingsException("This user has no folder for data, so there is no place for certificates. Name one with --acme-storage."),
        };

    private static bool TryRead(string path, out X509Certificate2Collection? authorities)
    {
        authorities = [];
        try
        {
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
