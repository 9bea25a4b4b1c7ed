using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reports the keys that were written twice, anywhere in an object.</summary>
internal static class RepeatedKeys
{
    // Not deeper than the limit on documents.
    public static void Report(ManifestNode node, FieldPath path, ObjectReport report)
    {
        if (!node.HasRepeatedKeys)
        {
            return;
        }

        if (node is SequenceNode sequence)
        {
            for (var i = 0; i < sequence.Items.Count; i++)
            {
                Report(sequence.Items[i], path.Item(i), report);
            }
        }
        else if (node is MappingNode mapping)
        {
            foreach (var repeat in mapping.Repeats)
            {
                report.RepeatedKey(PathOf(repeat), repeat.KeyPosition);
            }

            foreach (var entry in mapping.Entries)
            {
                Report(entry.Value, PathOf(entry), report);
            }
        }

        FieldPath PathOf(MappingEntry entry) => path.IsMap ? path.Key(entry.Key) : path.Field(entry.Key);
    }
}
