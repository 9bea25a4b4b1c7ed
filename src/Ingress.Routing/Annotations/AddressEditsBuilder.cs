using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about the addresses in responses.</summary>
internal sealed class AddressEditsBuilder : PolicyBuilder
{
    private AddressEdits _edits = new();
    private string? _first;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Edit(
            "cookie-domain-rewrite",
            "The `Domain` in cookies of the backend, and what takes its place.",
            static (edits, edit) => edits with { CookieDomain = edit }),
        Edit(
            "cookie-path-rewrite",
            "How the `Path` in cookies of the backend begins, and what takes the place of that.",
            static (edits, edit) => edits with { CookiePath = edit }),
        Edit(
            "location-rewrite",
            "How the `Location` of redirects of the backend begins, and what takes the place of that.",
            static (edits, edit) => edits with { Location = edit }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_first is not null)
        {
            context.Add(_edits, _first);
        }
    }

    private static Annotation<AddressEditsBuilder> Edit(string name, string summary, Func<AddressEdits, TextReplacement, AddressEdits> set)
        => new(
            name,
            AnnotationRisk.Tunes,
            "two texts with a blank between them, such as '/internal/ /'; the second may hold variables",
            summary,
            (builder, text) =>
            {
                if (ReadReplacement(text) is not { } edit)
                {
                    return false;
                }

                builder._first ??= name;
                builder._edits = set(builder._edits, edit);
                return true;
            });

    private static TextReplacement? ReadReplacement(string text)
        => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var from, var to]
            && !text.AsSpan().ContainsAny(";,\"") && TargetText.IsSendable(from) && TargetText.IsSendable(to)
            && PolicyTemplate.TryParse(to, null, out var template, out _)
                ? new(from, template!)
                : null;
}
