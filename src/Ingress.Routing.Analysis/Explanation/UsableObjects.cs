using Ingress.Routing.Compilation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>The objects of a list that count: of several versions of one, the newest.</summary>
internal static class UsableObjects
{
    /// <summary>One object for each name, and all those without a name, which are invalid and worth explaining.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> given)
        where T : KubernetesResource
        => given.Distinct<T>(ReferenceEqualityComparer.Instance)
            .GroupBy(static item => item.Reference)
            .SelectMany(static versions => versions.Key.Name.Length == 0
                ? versions
                : new[] { DuplicateObjects.Newest([.. versions]) }.OfType<T>());
}
