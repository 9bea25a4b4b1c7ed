using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Requests;

namespace Ingress.Routing.Kubernetes.Events;

/// <summary>Events as <c>events.k8s.io/v1</c> has them.</summary>
internal static class EventBody
{
    // What the API server accepts.
    private const int LongestNote = 1024;
    private const int LongestInstance = 128;
    private const int LongestName = 253;

    public static string CollectionOf(EventCause cause) => $"apis/events.k8s.io/v1/namespaces/{cause.Ingress.Namespace}/events";

    /// <summary>The name of the event of a cause. A new leader finds that of the one before by it.</summary>
    public static string NameOf(EventCause cause)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cause.Uid}\n{cause.Reason}\n{cause.Note}")))[..16];
        var prefix = cause.Ingress.Name;
        var most = LongestName - digest.Length - 1;
        return $"{(prefix.Length <= most ? prefix : prefix[..most].TrimEnd('.', '-'))}.{digest}";
    }

    /// <summary>The first event of a cause.</summary>
    public static ApiBody First(EventCause cause, string? version, string controller, string instance, DateTimeOffset now)
    {
        var regarding = new JsonObject
        {
            ["apiVersion"] = "networking.k8s.io/v1",
            ["kind"] = "Ingress",
            ["namespace"] = cause.Ingress.Namespace,
            ["name"] = cause.Ingress.Name,
            ["uid"] = cause.Uid,
            ["resourceVersion"] = version,
        };
        return ApiBody.Of(new()
        {
            ["apiVersion"] = "events.k8s.io/v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = NameOf(cause), ["namespace"] = cause.Ingress.Namespace },
            ["eventTime"] = StoredLease.Format(now),
            ["reportingController"] = controller,
            ["reportingInstance"] = instance.Length <= LongestInstance ? instance : instance[^LongestInstance..],
            ["action"] = "Route",
            ["reason"] = cause.Reason.ToString(),
            ["type"] = "Warning",
            ["note"] = Shorten(cause.Note),
            ["regarding"] = regarding,
        });
    }

    /// <summary>Says that it still is so.</summary>
    public static ApiBody Again(int count, DateTimeOffset now) => ApiBody.MergePatch(new()
    {
        ["series"] = new JsonObject { ["count"] = count, ["lastObservedTime"] = StoredLease.Format(now) },
    });

    /// <summary>As much of a note as an event holds. The limit counts bytes.</summary>
    public static string Shorten(string note)
    {
        const string More = "…";
        if (Encoding.UTF8.GetByteCount(note) <= LongestNote)
        {
            return note;
        }

        var (bytes, length) = (Encoding.UTF8.GetByteCount(More), 0);
        foreach (var rune in note.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > LongestNote)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return string.Concat(note.AsSpan(0, length), More);
    }
}
