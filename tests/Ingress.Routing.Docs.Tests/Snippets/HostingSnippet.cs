// <hosting>
using Ingress.Routing;
using Ingress.Routing.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
// </hosting>

namespace Snippets;

internal static class HostingSnippet
{
    public static void Run(string[] args)
    {
        // <hosting>
        var shop = new IngressResource
        {
            Metadata = new() { Name = "shop" },
            IngressClassName = "example",
            DefaultBackend = IngressBackend.ForService("shop", 80),
        };
        var ours = new IngressClassResource { Metadata = new() { Name = "example" }, Controller = "example.test/ingress" };

        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddIngressRouting(options => options.ControllerName = "example.test/ingress")
            .AddSnapshot(new ClusterSnapshot { Ingresses = [shop], IngressClasses = [ours] });

        using var host = builder.Build();
        host.Start();
        Console.WriteLine(host.Services.GetRequiredService<IngressRouter>().Current.Match("any.test", "/").Route?.Service); // default/shop:80
        // </hosting>
    }
}
