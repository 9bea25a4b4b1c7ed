namespace Ingress.Routing.Gateway.Tests;

/// <summary>A test that sends signals, which Windows does not have.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithSignalsAttribute : FactAttribute
{
    public FactWithSignalsAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no signals.";
        }
    }
}
