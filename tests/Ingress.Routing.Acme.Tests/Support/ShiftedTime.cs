namespace Ingress.Routing.Acme.Tests.Support;

/// <summary>The clock of the system, set forward or back. Timers and elapsed time go on as they are.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
