using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>Answers requests for objects as kube-apiserver does.</summary>
internal sealed class ApiHandler(TestApiServer server, ApiStore store)
{
    private static readonly TimeSpan s_longestWatch = TimeSpan.FromMinutes(30);

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await DispatchAsync(context);
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            if (error.RetryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            await JsonAsync(context, error.Code, error.ToStatus());
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException && !context.Response.HasStarted)
        {
            await JsonAsync(context, 400, ApiException.BadRequest(exception.Message).ToStatus());
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private async Task DispatchAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path is "/healthz" or "/livez" or "/readyz")
        {
            await context.Response.WriteAsync("ok");
            return;
        }

        var user = Authenticate(context.Request);
        if (Discovery.Answer(path) is { } answer)
        {
            await JsonAsync(context, 200, answer);
            return;
        }

        if (path == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        {
            await ReviewAsync(context);
            return;
        }

        if (ApiRequest.Parse(context.Request) is not { } request)
        {
            throw new ApiException(404, "NotFound", "the server could not find the requested resource", new());
        }

        Authorize(request, user);
        await AnswerAsync(context, request);
    }

    private string Authenticate(HttpRequest request)
    {
        if (server.Tokens.IsEmpty)
        {
            return "kubernetes-admin";
        }

        var header = request.Headers.Authorization.ToString();
        return header.Length == 0 ? "system:anonymous"
            : server.Tokens.ContainsKey(header.Replace("Bearer ", "", StringComparison.Ordinal)) ? "system:serviceaccount:ingress:gateway"
            : throw new ApiException(401, "Unauthorized", "Unauthorized");
    }

    private void Authorize(ApiRequest request, string user)
    {
        if (user != "system:anonymous" && server.Allows(request))
        {
            return;
        }

        var resource = request.Resource;
        var details = new JsonObject { ["kind"] = resource.Plural };
        if (resource.Group.Length > 0)
        {
            details = new() { ["group"] = resource.Group, ["kind"] = resource.Plural };
        }

        var name = request.Name is null ? "" : $" \"{request.Name}\"";
        var what = request.Subresource is null ? resource.Plural : $"{resource.Plural}/{request.Subresource}";
        throw new ApiException(
            403,
            "Forbidden",
            $"{resource.Qualified}{name} is forbidden: User \"{user}\" cannot {request.Verb} resource \"{what}\" in API group \"{resource.Group}\" "
                + (request.Namespace is null ? "at the cluster scope" : $"in the namespace \"{request.Namespace}\""),
            details);
    }

    private async Task ReviewAsync(HttpContext context)
    {
        var review = await ReadAsync(context);
        var wanted = review["spec"]?["resourceAttributes"] as JsonObject ?? [];
        var resource = ApiResource.All.FirstOrDefault(one => one.Plural == wanted["resource"]?.GetValue<string>() && one.Group == (wanted["group"]?.GetValue<string>() ?? ""));
        var request = resource is null
            ? null
            : new ApiRequest(resource, wanted["namespace"]?.GetValue<string>(), wanted["name"]?.GetValue<string>(), wanted["subresource"]?.GetValue<string>(), wanted["verb"]?.GetValue<string>() ?? "");
        review["kind"] = "SelfSubjectAccessReview";
        review["apiVersion"] = "authorization.k8s.io/v1";
        review["status"] = new JsonObject { ["allowed"] = request is not null && server.Allows(request) };
        await JsonAsync(context, 201, review);
    }

    private Task AnswerAsync(HttpContext context, ApiRequest request) => request.Verb switch
    {
        "list" => ListAsync(context, request),
        "watch" => WatchAsync(context, request),
        "get" => ObjectAsync(context, 200, request, store.Find(request.Resource, request.Namespace, request.Name!) ?? throw ApiException.NotFound(request.Resource, request.Name!)),
        "create" => CreateAsync(context, request),
        "update" => UpdateAsync(context, request),
        "patch" => PatchAsync(context, request),
        "delete" => DeleteAsync(context, request),
        _ => throw new ApiException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
    };

    private async Task ListAsync(HttpContext context, ApiRequest request)
    {
        var query = context.Request.Query;
        var selector = new ApiSelector(request.Resource, request.Namespace, query["fieldSelector"], query["labelSelector"]);
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var given) && given > 0 ? given : int.MaxValue;
        var wantedVersion = query["resourceVersion"].ToString();
        string? start = null;
        StoredObject[] all;
        long version;
        if (query["continue"].ToString() is { Length: > 0 } token)
        {
            if (wantedVersion is not ("" or "0"))
            {
                throw ApiException.BadRequest("specifying resource version is not allowed when using continue");
            }

            (version, start) = ReadToken(token);
            all = store.AllAt(request.Resource, version) ?? throw ApiException.Expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
                WriteToken(-1, start));
        }
        else
        {
            all = store.All(request.Resource, out version);
            if (long.TryParse(wantedVersion, CultureInfo.InvariantCulture, out var wanted) && wanted > version)
            {
                throw new ApiException(
                    504,
                    "Timeout",
                    $"Too large resource version: {wanted}, current: {version}",
                    new() { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }), ["retryAfterSeconds"] = 1 },
                    retryAfter: 1);
            }
        }

        var matching = all.Where(selector.Matches);
        if (start is not null)
        {
            matching = matching.Where(one => string.CompareOrdinal(one.Key, start) > 0);
        }

        var rest = matching.ToList();
        var page = rest.Count > limit ? rest.GetRange(0, limit) : rest;
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (page.Count < rest.Count)
        {
            store.KeepFor(request.Resource, version, all);
            metadata["continue"] = WriteToken(version, page[^1].Key);
            if (selector.IsEmpty)
            {
                metadata["remainingItemCount"] = rest.Count - page.Count;
            }
        }

        await WriteListAsync(context, request.Resource, metadata, page);
    }

    private static async Task WriteListAsync(HttpContext context, ApiResource resource, JsonObject metadata, List<StoredObject> page)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-cache, private";
        using var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes($"{{\"kind\":\"{resource.Kind}List\",\"apiVersion\":\"{resource.GroupVersion}\",\"metadata\":"));
        stream.Write(JsonText.Of(metadata));
        stream.Write(",\"items\":["u8);
        for (var i = 0; i < page.Count; i++)
        {
            if (i > 0)
            {
                stream.WriteByte((byte)',');
            }

            stream.Write(page[i].Bytes);
        }

        stream.Write("]}\n"u8);
        const int LeastCompressed = 128 * 1024;
        if (stream.Length >= LeastCompressed && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.Headers.Vary = "Accept-Encoding";
            await using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            stream.Position = 0;
            await stream.CopyToAsync(gzip, context.RequestAborted);
            return;
        }

        context.Response.ContentLength = stream.Length;
        await context.Response.BodyWriter.WriteAsync(stream.GetBuffer().AsMemory(0, (int)stream.Length), context.RequestAborted);
    }

    private async Task WatchAsync(HttpContext context, ApiRequest request)
    {
        var query = context.Request.Query;
        var wanted = query["resourceVersion"].ToString();
        long version = 0;
        if (wanted.Length > 0 && !long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            throw new ApiException(500, null, $"resourceVersion: Invalid value: \"{wanted}\": strconv.ParseUint: parsing \"{wanted}\": invalid syntax");
        }

        var selector = new ApiSelector(
            request.Resource,
            request.Namespace,
            request.Name is null ? query["fieldSelector"].ToString() : $"metadata.name={request.Name}",
            query["labelSelector"]);
        var watch = new ApiWatch(context, request, version);
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-cache, private";
        void OnEvent(StoredEvent one) => Pass(watch, selector, request.Resource, one);
        try
        {
            if (version == 0)
            {
                foreach (var one in store.All(request.Resource, out version).Where(selector.Matches))
                {
                    watch.Send("ADDED", one.TypedBytes(request.Resource));
                }
            }

            // A version of the future is met with silence.
            var isFuture = version > store.Version;
            foreach (var one in store.Since(request.Resource, isFuture ? long.MaxValue : version, isFuture ? static _ => { }
            : OnEvent))
            {
                OnEvent(one);
            }
        }
        catch (ApiException expired)
        {
            watch.Send("ERROR", expired.ToStatus());
            watch.End();
        }

        var timeout = int.TryParse(query["timeoutSeconds"], CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : s_longestWatch;
        using var ending = new Timer(_ => watch.End(), null, timeout, Timeout.InfiniteTimeSpan);
        using var bookmarks = query["allowWatchBookmarks"].ToString() is "true" or "1" && version <= store.Version
            ? new Timer(_ => watch.Send("BOOKMARK", Bookmark(request.Resource)), null, server.BookmarkPeriod, server.BookmarkPeriod)
            : null;
        server.Add(watch);
        try
        {
            await watch.RunAsync(context.RequestAborted);
        }
        finally
        {
            store.Unlisten(OnEvent);
            server.Remove(watch);
        }
    }

    private static void Pass(ApiWatch watch, ApiSelector selector, ApiResource resource, StoredEvent one)
    {
        if (one.Resource != resource)
        {
            return;
        }

        // What enters a selection comes, and what leaves it goes.
        var was = one.Before is not null && selector.Matches(one.Before);
        var now = one.Type != "DELETED" && selector.Matches(one.Object);
        if (now)
        {
            watch.Send(was ? "MODIFIED" : "ADDED", one.Object.TypedBytes(resource));
        }
        else if (was)
        {
            var last = one.Before!.Typed(resource);
            last["metadata"]!["resourceVersion"] = one.Version.ToString(CultureInfo.InvariantCulture);
            watch.Send("DELETED", JsonText.Of(last));
        }
    }

    private JsonObject Bookmark(ApiResource resource)
    {
        var bookmark = new JsonObject
        {
            ["kind"] = resource.Kind,
            ["apiVersion"] = resource.GroupVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = store.Version.ToString(CultureInfo.InvariantCulture) },
        };
        if (resource.Kind == "Ingress")
        {
            bookmark["spec"] = new JsonObject();
            bookmark["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
        }

        return bookmark;
    }

    private async Task CreateAsync(HttpContext context, ApiRequest request)
    {
        var given = await ReadAsync(context);
        var metadata = given["metadata"] as JsonObject ?? [];
        var name = metadata["name"]?.GetValue<string>()
            ?? (metadata["generateName"] is { } prefix ? $"{prefix.GetValue<string>()}{Guid.NewGuid():N}"[..^27] : throw new ApiException(422, "Invalid", "metadata.name: Required value: name or generateName is required"));
        var stored = store.Write(request.Resource, request.Namespace, name, before => before is null
            ? ObjectShape.Created(request.Resource, given, request.Namespace, name, store.Now)
            : throw ApiException.Exists(request.Resource, name));
        await ObjectAsync(context, 201, request, stored);
    }

    private async Task UpdateAsync(HttpContext context, ApiRequest request)
    {
        var given = await ReadAsync(context);
        var version = (given["metadata"] as JsonObject)?["resourceVersion"]?.GetValue<string>();
        var stored = store.Write(request.Resource, request.Namespace, request.Name!, before => Next(request, before, given, version));
        await ObjectAsync(context, 200, request, stored);
    }

    private async Task PatchAsync(HttpContext context, ApiRequest request)
    {
        var type = context.Request.ContentType?.Split(';')[0] ?? "";
        if (type is not ("application/merge-patch+json" or "application/strategic-merge-patch+json" or "application/apply-patch+yaml"))
        {
            throw new ApiException(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
        }

        var patch = await ReadAsync(context);
        var version = (patch["metadata"] as JsonObject)?["resourceVersion"]?.GetValue<string>();
        var isNew = false;
        var stored = store.Write(request.Resource, request.Namespace, request.Name!, before =>
        {
            if (before is null && type == "application/apply-patch+yaml")
            {
                isNew = true;
                return ObjectShape.Created(request.Resource, patch, request.Namespace, request.Name!, store.Now);
            }

            return before is null ? throw ApiException.NotFound(request.Resource, request.Name!) : Next(request, before, (JsonObject)MergePatch.Apply(before.Json, patch)!, version);
        });
        await ObjectAsync(context, isNew ? 201 : 200, request, stored);
    }

    // Null when nothing changes: no version, no event.
    private static JsonObject? Next(ApiRequest request, StoredObject? before, JsonObject given, string? version)
    {
        if (before is null)
        {
            throw ApiException.NotFound(request.Resource, request.Name!);
        }

        if (version is { Length: > 0 } && version != before.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiException.Conflict(request.Resource, request.Name!);
        }

        if (request.Resource.Kind == "Lease" && version is null && given.ContainsKey("kind"))
        {
            throw new ApiException(422, "Invalid", $"leases.coordination.k8s.io \"{request.Name}\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update");
        }

        var after = (JsonObject)given.DeepClone();
        after.Remove("kind");
        after.Remove("apiVersion");
        var metadata = after["metadata"] as JsonObject ?? [];
        after.Remove("metadata");
        var known = (JsonObject)before.Json["metadata"]!;
        foreach (var field in (string[])["name", "namespace", "uid", "creationTimestamp", "generation", "managedFields", "resourceVersion"])
        {
            metadata.Remove(field);
            if (known[field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }

        after["metadata"] = metadata;
        if (request.Resource.HasStatus)
        {
            if (request.Subresource == "status")
            {
                var status = after["status"]?.DeepClone();
                after = (JsonObject)before.Json.DeepClone();
                after["status"] = status ?? new JsonObject { ["loadBalancer"] = new JsonObject() };
            }
            else
            {
                after.Remove("status");
                after["status"] = before.Json["status"]?.DeepClone();
            }
        }

        after = ObjectShape.Ordered(after);
        if (JsonNode.DeepEquals(after, before.Json))
        {
            return null;
        }

        if (after["metadata"]!["generation"] is { } generation && !JsonNode.DeepEquals(after["spec"], before.Json["spec"]))
        {
            after["metadata"]!["generation"] = generation.GetValue<long>() + 1;
        }

        return after;
    }

    private async Task DeleteAsync(HttpContext context, ApiRequest request)
    {
        if (request.Name is null)
        {
            throw new ApiException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }

        var gone = store.Delete(request.Resource, request.Namespace, request.Name);
        await JsonAsync(context, 200, new()
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = new JsonObject { ["name"] = gone.Name, ["group"] = request.Resource.Group, ["kind"] = request.Resource.Plural, ["uid"] = gone.Json["metadata"]!["uid"]!.DeepClone() },
        });
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context)
        => await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject ?? throw ApiException.BadRequest("the body is no object");

    private static Task ObjectAsync(HttpContext context, int status, ApiRequest request, StoredObject one)
        => BytesAsync(context, status, one.TypedBytes(request.Resource));

    private static Task JsonAsync(HttpContext context, int status, JsonObject json) => BytesAsync(context, status, JsonText.Of(json));

    private static async Task BytesAsync(HttpContext context, int status, byte[] json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-cache, private";
        context.Response.ContentLength = json.Length + 1;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }

    private static string WriteToken(long version, string? start)
        => Convert.ToBase64String(JsonText.Of(new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = version, ["start"] = $"/{start}\0" })).TrimEnd('=');

    private static (long Version, string Start) ReadToken(string token)
    {
        try
        {
            var json = JsonNode.Parse(Convert.FromBase64String(token.PadRight((token.Length + 3) / 4 * 4, '=')))!;
            return (json["rv"]!.GetValue<long>(), json["start"]!.GetValue<string>().Trim('/', '\0'));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw ApiException.BadRequest("invalid continue token: continue key is not valid");
        }
    }
}
