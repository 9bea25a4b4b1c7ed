using Ingress.Routing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Manifests.Tests;

public sealed class AddManifestsTests
{
    [Fact]
    public async Task AddManifests_SourceOfTheServices_ReadsThePaths()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("a.yaml", Manifest.Ingress("a"));
        var second = folder.Write("b.yaml", Manifest.Ingress("b"));
        var builder = new Builder();

        Assert.Same(builder, builder.AddManifests(first, second));

        var service = Assert.Single(builder.Services);
        Assert.Equal((typeof(IIngressSource), ServiceLifetime.Singleton), (service.ServiceType, service.Lifetime));
        var source = (IIngressSource)service.ImplementationFactory!(new NoServices());
        using var stop = new CancellationTokenSource();
        await using var snapshots = source.WatchAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await snapshots.MoveNextAsync());
        Assert.Equal("a b", Manifest.Names(snapshots.Current));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await snapshots.MoveNextAsync());
    }

    [Fact]
    public void AddManifests_Twice_AddsTwoSources()
        => Assert.Equal(2, new Builder().AddManifests("a").AddManifests("b").Services.Count(
            static service => service.ServiceType == typeof(IIngressSource)));

    [Fact]
    public void AddManifests_Misuse_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Builder().AddManifests());
        Assert.Throws<ArgumentNullException>(() => new Builder().AddManifests(null!));
        Assert.Throws<ArgumentNullException>(() => ((IIngressRoutingBuilder)null!).AddManifests("a"));
    }

    private sealed class Builder : IIngressRoutingBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
