using Ingress.Routing.Hosting;
using Ingress.Routing.Manifests;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds manifests to ingress routing.</summary>
public static class ManifestsIngressRoutingBuilderExtensions
{
    /// <summary>Serves the objects of files and folders, and follows their changes.</summary>
    /// <param name="builder">The builder to add to.</param>
    /// <param name="paths">Files, and folders whose <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> are read recursively.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <exception cref="ArgumentException">There is no path.</exception>
    /// <remarks>
    /// A change is in force within a second. A file that is broken, and a path that has vanished, keep what was last read from them and
    /// say so in the diagnostics; a file that was deleted from a folder is dropped. Each call adds a source of its own.
    /// </remarks>
    public static IIngressRoutingBuilder AddManifests(this IIngressRoutingBuilder builder, params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("At least one path is needed.", nameof(paths));
        }

        string[] copy = [.. paths];
        builder.Services.AddSingleton<IIngressSource>(services => new ManifestIngressSource(
            copy, services.GetService<TimeProvider>() ?? TimeProvider.System, ManifestWatchOptions.Default));
        return builder;
    }
}
