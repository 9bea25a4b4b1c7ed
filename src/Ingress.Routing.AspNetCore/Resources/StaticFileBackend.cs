using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore.Resources;

/// <summary>Serves the folder of one resource with ASP.NET Core's middleware for static files.</summary>
internal sealed class StaticFileBackend
{
    private readonly RequestDelegate _serve;

    private StaticFileBackend(IServiceProvider services, string folder)
    {
        var files = new ConfinedFileProvider(folder);
        var app = new ApplicationBuilder(services);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = ["index.html"] });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ServeUnknownFileTypes = true,
            DefaultContentType = "application/octet-stream",
        });
        app.Run(PlainTextResponse.NotFoundAsync);
        _serve = app.Build();
    }

    /// <param name="services">The services of the application.</param>
    /// <param name="root">Holds the folder <c>namespace/name</c> of each resource.</param>
    /// <param name="route">A route with a resource backend.</param>
    public static RequestDelegate Create(IServiceProvider services, string root, IngressRoute route)
    {
        // Both were validated, but a resource may be called '.git' or, where that separates, 'a\b' (semantics 2.5.10).
        var @namespace = route.Source.Name.Namespace;
        var name = route.Resource!.Name!;
        return FilePath.IsServable(@namespace) && FilePath.IsServable(name)
            ? new StaticFileBackend(services, Path.Join(root, @namespace, name)).InvokeAsync
            : PlainTextResponse.NotFoundAsync;
    }

    private async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await PlainTextResponse.MethodNotAllowedAsync(context);
            return;
        }

        // What was matched decides, not Request.Path, which is decoded in another way (D10).
        if (!FilePath.TryDecode(context.GetIngressMatch()!.ForwardedPath.Span, out var path))
        {
            await PlainTextResponse.NotFoundAsync(context);
            return;
        }

        // The middleware reads Request.Path, and stands back as long as an endpoint is selected.
        var (endpoint, pathBase, originalPath) = (context.GetEndpoint(), request.PathBase, request.Path);
        try
        {
            context.SetEndpoint(null);
            request.PathBase = PathString.Empty;

            // Not the conversion from string, which decodes once more.
            request.Path = new PathString(path);
            await _serve(context);
        }
        finally
        {
            request.Path = originalPath;
            request.PathBase = pathBase;
            context.SetEndpoint(endpoint);
        }
    }
}
