using System.Globalization;
using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Requests;

namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>A Lease as the API server holds it, with every field that we know nothing about.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Record">What it says.</param>
/// <param name="Stored">The object. Not to be changed.</param>
internal sealed record StoredLease(string Version, LeaseRecord Record, JsonObject Stored)
{
    // Go's microTime: exactly six digits, in UTC; anything else is answered with 400.
    private const string MicroTime = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Reads what the API server answered; null when it is no Lease.</summary>
    public static StoredLease? Read(JsonObject? value)
    {
        if (value?["metadata"] is not JsonObject metadata || ApiAnswer.Text(metadata, "resourceVersion") is not { } version)
        {
            return null;
        }

        var spec = value["spec"] as JsonObject;
        return new(
            version,
            new(
                ApiAnswer.Text(spec, "holderIdentity") ?? "",
                Number(spec, "leaseDurationSeconds"),
                Time(spec, "acquireTime"),
                Time(spec, "renewTime"),
                Number(spec, "leaseTransitions")),
            value);
    }

    /// <summary>The object to put in its place: all that is there, and the record.</summary>
    public JsonObject With(LeaseRecord record)
    {
        var next = (JsonObject)Stored.DeepClone();
        (next["metadata"] as JsonObject)?.Remove("managedFields");
        Write(next, record);
        return next;
    }

    /// <summary>The first Lease of a name.</summary>
    public static JsonObject Create(string name, string @namespace, LeaseRecord record)
    {
        var lease = new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace },
        };
        Write(lease, record);
        return lease;
    }

    /// <summary>Writes a moment as the API server reads it.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(MicroTime, CultureInfo.InvariantCulture);

    private static void Write(JsonObject lease, LeaseRecord record)
    {
        if (lease["spec"] is not JsonObject spec)
        {
            lease["spec"] = spec = [];
        }

        spec["holderIdentity"] = record.Holder;
        spec["leaseDurationSeconds"] = record.DurationSeconds;
        spec["acquireTime"] = record.Acquired is { } acquired ? Format(acquired) : null;
        spec["renewTime"] = record.Renewed is { } renewed ? Format(renewed) : null;
        spec["leaseTransitions"] = record.Transitions;
    }

    private static int Number(JsonObject? spec, string name)
        => spec?[name] is JsonValue field && field.TryGetValue<int>(out var number) ? number : 0;

    private static DateTimeOffset? Time(JsonObject? spec, string name)
        => DateTimeOffset.TryParse(
            ApiAnswer.Text(spec, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
