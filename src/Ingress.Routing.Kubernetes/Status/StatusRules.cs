using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>Decides whether the status of an Ingress is written (K30 to K35). Knows no clock but the times it is given.</summary>
internal static class StatusRules
{
    /// <summary>How long what somebody else wrote in the place of ours stays there, so that two controllers do not write in a loop (K32).</summary>
    public static readonly TimeSpan RewriteInterval = TimeSpan.FromMinutes(1);

    /// <param name="ingress">The Ingress as the watch knows it.</param>
    /// <param name="standing">What it is to us.</param>
    /// <param name="addresses">Where we are reached; none while that is not known.</param>
    /// <param name="memory">What is remembered of it.</param>
    /// <param name="sinceWritten">How long ago it was written, if it was.</param>
    public static StatusStep Decide(
        IngressResource ingress, IngressStanding standing, AddressSet addresses, StatusMemory? memory, TimeSpan sinceWritten)
    {
        var (uid, version) = (ingress.Metadata.Uid, ingress.Metadata.ResourceVersion);
        memory = memory?.Uid == uid ? memory : null;
        var current = AddressSet.Of(ingress);
        if (memory?.PatchedVersion is { } patched && patched == version)
        {
            return new(null, memory); // what we wrote is on its way back to us
        }

        if (standing != IngressStanding.Served)
        {
            // Ours are taken out only for another controller, and only if nobody else has changed them (K33).
            return standing == IngressStanding.Foreign && memory is not null && !memory.Ours.IsEmpty && current.Equals(memory.Ours)
                ? new(AddressSet.None, memory)
                : new(null, standing == IngressStanding.Foreign ? null : memory);
        }

        if (addresses.IsEmpty)
        {
            return new(null, memory); // never emptied because we do not know better (K34)
        }

        if (current.Equals(addresses))
        {
            return new(null, (memory ?? new() { Uid = uid }) with { Ours = addresses });
        }

        if (memory?.Refused is { } refused && refused.Version == version && refused.Addresses.Equals(addresses))
        {
            return new(null, memory);
        }

        var isOverwritten = memory is { WrittenAt: not null } && memory.Ours.Equals(addresses);
        return isOverwritten && sinceWritten < RewriteInterval
            ? new(null, memory, RewriteInterval - sinceWritten, isOverwritten)
            : new(addresses, memory ?? new() { Uid = uid }, IsOverwritten: isOverwritten);
    }
}
