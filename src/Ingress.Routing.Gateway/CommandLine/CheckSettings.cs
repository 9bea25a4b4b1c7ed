using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using System.Text.Json;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>What <c>ingress-check.json</c> says about a check.</summary>
internal sealed record CheckSettings
{
    /// <summary>The file that is read when no other is named, if it exists.</summary>
    public const string FileName = "ingress-check.json";

    private const int LongestNotice = 10_000;

    /// <summary>From which severity on the exit code is 1.</summary>
    public FailOn FailOn { get; init; }

    /// <summary>Whether what the manifests leave open counts as missing, as with <c>--strict</c>.</summary>
    public bool Strict { get; init; }

    /// <summary>How many days before its end a certificate is reported; null for the default.</summary>
    public int? CertificateNoticeDays { get; init; }

    /// <summary>What is not reported; null for nothing.</summary>
    public IReadOnlyList<IgnoredFinding?>? Ignore { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <param name="path">The file; null for <see cref="FileName"/> in the current folder, which need not exist.</param>
    /// <param name="problem">What is wrong with the file, for the user.</param>
    public static bool TryRead(string? path, [NotNullWhen(true)] out CheckSettings? settings, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        settings = new();
        if (path is null && !File.Exists(FileName))
        {
            return true;
        }

        var file = path ?? FileName;
        try
        {
            var text = File.ReadAllText(file);
            SettingsCheck.Check(text, GatewayJson.Settings.CheckSettings);
            settings = JsonSerializer.Deserialize(text, GatewayJson.Settings.CheckSettings) ?? new();
            problem = settings.Problem;
        }
        catch (SettingsException exception)
        {
            problem = exception.Message;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = exception is FileNotFoundException or DirectoryNotFoundException
                ? "There is no such file."
                : "The file cannot be read.";
        }

        if (problem is not null)
        {
            problem = PrintableText.Escape($"The settings in '{file}' cannot be used: {problem}");
            settings = null;
        }

        return settings is not null;
    }

    private string? Problem
        => CertificateNoticeDays is < 0 or > LongestNotice ? $"'certificateNoticeDays' is not a number of days from 0 to {LongestNotice}."
            : Ignore?.Contains(null) ?? false ? "'ignore' holds null."
            : null;

    /// <summary>Whether a finding is reported.</summary>
    public bool Reports(IngressDiagnostic diagnostic) => !(Ignore?.Any(entry => entry!.Fits(diagnostic)) ?? false);

    /// <summary>One entry of <see cref="Ignore"/>: findings that were looked at.</summary>
    internal sealed record IgnoredFinding
    {
        /// <summary>The id, <c>*</c> for all.</summary>
        public required string Id { get; init; }

        /// <summary>The object as it is printed, with <c>*</c> for anything: <c>Ingress/shop/*</c>. Null for all objects.</summary>
        public string? Object { get; init; }

        /// <summary>Why; for readers of the file.</summary>
        public string? Reason { get; init; }

        public bool Fits(IngressDiagnostic diagnostic)
            => (Id == "*" || Id == diagnostic.Id)
                && FileSystemName.MatchesSimpleExpression(Object ?? "*", diagnostic.Resource?.ToString() ?? "", ignoreCase: false);
    }
}
