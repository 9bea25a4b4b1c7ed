using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Hosting.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void AddIngressRouting_Twice_AddsOneReloadService()
    {
        var services = Services();
        services.AddIngressRouting();
        services.AddIngressRouting(options => options.KeepSlashes = true);
        using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IHostedService>());
        Assert.Same(provider.GetRequiredService<IngressRouter>(), provider.GetRequiredService<IngressRouter>());
    }

    [Fact]
    public async Task Sources_AddedInEveryWay_AreCompiledTogether()
    {
        var services = Services();
        services.AddSingleton<IIngressSource>(new FixedIngressSource(ReloadHarness.SnapshotWith("a.test")));
        services.AddIngressRouting(options => options.DefaultBackend = "shop/web:80")
            .AddSource(_ => new FixedIngressSource(ReloadHarness.SnapshotWith("b.test")))
            .AddSnapshot(ReloadHarness.SnapshotWith("c.test"));
        await using var provider = services.BuildServiceProvider();
        var service = provider.GetServices<IHostedService>().Single();

        await service.StartAsync(CancellationToken.None);
        var table = provider.GetRequiredService<IngressRouter>().Current;
        await service.StopAsync(CancellationToken.None);

        Assert.All(["a.test", "b.test", "c.test"], host => Assert.Equal(IngressMatchStatus.Rule, table.Match(host, "/").Status));
        Assert.Equal(IngressMatchStatus.DefaultBackend, table.Match("d.test", "/").Status);
    }

    [Fact]
    public void Build_ArgumentsNull_Throws()
    {
        var builder = Services().AddIngressRouting();

        Assert.Throws<ArgumentNullException>(() => builder.AddSource(null!));
        Assert.Throws<ArgumentNullException>(() => builder.AddSnapshot(null!));
        Assert.Throws<ArgumentNullException>(() => IngressRoutingServiceCollectionExtensions.AddIngressRouting(null!));
    }

    private static ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        return services;
    }
}
