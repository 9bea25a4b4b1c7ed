using System.Globalization;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>A test that sends signals. Windows has none, and a shell lets what it starts in the background ignore the interrupt.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithSignalsAttribute : FactAttribute
{
    private const string Status = "/proc/self/status";
    private const string IgnoredSignals = "SigIgn:";
    private const ulong Interrupt = 1UL << 1;

    public FactWithSignalsAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no signals.";
        }
        else if (IgnoresInterrupt())
        {
            Skip = "The interrupt signal is ignored here, as in a background job; run the tests in the foreground.";
        }
    }

    // What ignores a signal passes that on to the processes it starts.
    private static bool IgnoresInterrupt()
        => File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(static line => line.StartsWith(IgnoredSignals, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line.AsSpan(IgnoredSignals.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
}
