using System.Text.Json;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Kubernetes.Reading;
using Ingress.Routing.Model;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Keeps the objects of one scope as they are in the cluster: a list, then a watch, for good (K1 to K7).</summary>
/// <remarks>Whatever goes wrong, what is held stays as it is until a complete list says otherwise (K11).</remarks>
internal sealed partial class Reflector(
    WatchScope scope,
    ObjectStore store,
    ClusterState state,
    KubernetesClient client,
    ServerGate gate,
    ReflectorOptions options,
    KubernetesMetrics metrics,
    ReflectorRole role,
    TimeProvider time,
    ILogger logger)
{
    private const int MostUnreadable = 3;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_minutes = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringPool _strings = options.Strings;
    private readonly Random _random = new();
    private readonly RepeatedLog _log = new(scope, time, logger);
    private readonly HashSet<NamespacedName> _notRead = [];
    private Backoff? _backoff;
    private string? _version;
    private RelistReason _relistReason;
    private bool _mustProbe;
    private long? _failingSince;
    private int _unreadable;

    public ObjectStore Store => store;

    public WatchScope Scope => scope;

    public ReflectorHealth Health { get; } = new();

    /// <summary>Done when all objects were listed once, or the scope turned out to be closed to us where we can do without.</summary>
    public Task Synced => _synced.Task;

    /// <summary>How many objects there are.</summary>
    public int Count => state.CountOf(store);

    private string ReportKey => scope.ToString();

    private Backoff Waiting => _backoff ??= new(_random);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            RetryDelay wait;
            try
            {
                wait = await StepAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                wait = Judge(exception, cancellationToken);
            }

            try
            {
                await gate.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
                await SpreadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>One list, one look at the version, or one watch to its end.</summary>
    /// <returns>How long to wait before the next.</returns>
    private async Task<RetryDelay> StepAsync(CancellationToken cancellationToken)
    {
        if (_version is null)
        {
            await ListAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (_mustProbe)
        {
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
            if (_version is null)
            {
                return RetryDelay.None;
            }
        }

        return await WatchAsync(_version!, cancellationToken).ConfigureAwait(false);
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var listed = new Dictionary<NamespacedName, KubernetesResource>();
        string? version = null, token = null;
        do
        {
            using var body = await client.OpenAsync(scope.ListPath(options.PageSize, token), mayCompress: true, cancellationToken).ConfigureAwait(false);
            Answered();
            var page = await ListReader.ReadAsync(body, scope.Kind.Name, json => Take(json, listed)).ConfigureAwait(false);
            Answered();
            Health.AddBytes(body.BytesRead);
            version ??= page.Version; // that of the first page: what happens from then on comes in the watch
            token = page.Continue == token ? null : page.Continue;
        }
        while (token is not null);

        metrics.Listed(scope.Kind.Name, _relistReason);
        state.Replace(store, listed, version);
        _version = version;
        _mustProbe = false;
        _unreadable = 0;
        _log.Clear();
        state.Report(ReportKey, null);
        _synced.TrySetResult();
    }

    private void Take(ReadOnlySpan<byte> json, Dictionary<NamespacedName, KubernetesResource> listed)
    {
        try
        {
            var resource = Read(json);
            if (!scope.Covers(resource))
            {
                return;
            }

            listed[resource.Name] = resource;
            WasRead(resource.Name);
        }
        catch (JsonException exception)
        {
            if (NotRead(json, exception) is { } name && state.Held(store, name) is { } held)
            {
                listed[name] = held;
            }
        }
    }

    private KubernetesResource Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return scope.Kind.Read(json, _strings);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("An object is malformed.", exception);
        }
    }

    // A watch from a version of the future is silent for ever (K3).
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var body = await client.OpenAsync(scope.ListPath(1, null), mayCompress: false, cancellationToken).ConfigureAwait(false);
        var page = await ListReader.ReadAsync(body, scope.Kind.Name, static _ => { }).ConfigureAwait(false);
        Answered();
        _mustProbe = false;
        if (ResourceVersion.Compare(page.Version, _version) < 0)
        {
            Relist(RelistReason.Restored);
        }
    }

    private async Task<RetryDelay> WatchAsync(string version, CancellationToken cancellationToken)
    {
        using var body = await client.OpenAsync(scope.WatchPath(version, _random.Next(290, 590)), mayCompress: false, cancellationToken).ConfigureAwait(false);
        Answered();
        var began = time.GetTimestamp();
        var events = 0;
        long counted = 0;
        try
        {
            using var reader = new WatchReader(body);
            while (await reader.ReadLineAsync(options.Silence).ConfigureAwait(false))
            {
                Answered();
                Health.AddBytes(body.BytesRead - counted);
                counted = body.BytesRead;
                Apply(reader.Line);
                events++;
                _unreadable = 0;
            }

            // Half a line is a broken connection in disguise.
            _mustProbe |= reader.HasHalfALine;
        }
        finally
        {
            if (events > 0 || time.GetElapsedTime(began) >= options.ShortWatch)
            {
                Waiting.Reset();
            }
        }

        // A server that ends each watch at once must not be asked without end.
        return events > 0 || time.GetElapsedTime(began) >= options.ShortWatch ? RetryDelay.None : Waiting.Next(options.LongestWaitForPermission);
    }

    private void Apply(ReadOnlySpan<byte> line)
    {
        var received = time.GetTimestamp();
        var change = WatchEvent.Parse(line);
        metrics.Received(scope.Kind.Name, change.Type);
        switch (change.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                Put(change.Json, received);
                break;
            case WatchEventType.Deleted:
                Remove(change.Json, received);
                break;
            case WatchEventType.Bookmark:
                if (WatchedKind.VersionOf(change.Json, _strings) is { Length: > 0 } bookmark)
                {
                    _version = ResourceVersion.Later(_version, bookmark);
                    state.Passed(store, _version);
                }

                break;
            case WatchEventType.Error:
                var status = KubernetesStatus.Parse(change.Json);
                throw new KubernetesApiException((System.Net.HttpStatusCode)status.Code, status, status.RetryAfter);
        }
    }

    private void Put(ReadOnlySpan<byte> json, long received)
    {
        try
        {
            var resource = Read(json);
            WasRead(resource.Name);
            if (scope.Covers(resource) ? state.Put(store, resource) : state.Remove(store, resource.Name, resource.Metadata.ResourceVersion))
            {
                metrics.Changed(received);
            }

            Advance(resource.Metadata.ResourceVersion);
        }
        catch (JsonException exception)
        {
            // The line is JSON, and its object is not of the kind. Reading it again would bring the same: what is held stays.
            NotRead(json, exception);
            Advance(VersionOf(json));
        }
    }

    private string? VersionOf(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadIdentity(json).Version;
        }
        catch (Exception nameless) when (nameless is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Remove(ReadOnlySpan<byte> json, long received)
    {
        var (name, version) = ReadIdentity(json);
        if (state.Remove(store, name, version))
        {
            metrics.Changed(received);
        }

        Advance(version);
    }

    // Of an object that is gone only its name counts, be the rest as it may.
    private (NamespacedName Name, string? Version) ReadIdentity(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (JsonValue.NextField(ref reader))
        {
            if (JsonValue.IsField(ref reader, "metadata"u8))
            {
                var metadata = MetadataReader.Read(ref reader, _strings, keepsAnnotations: false);
                return (metadata.NamespacedName, metadata.ResourceVersion);
            }

            reader.Skip();
        }

        throw new JsonException("An object has no name.");
    }

    private void Advance(string? version)
    {
        if (version is { Length: > 0 })
        {
            _version = ResourceVersion.Later(_version, version);
        }
    }

    // What is malformed stays as it was before, if there was anything before.
    private NamespacedName? NotRead(ReadOnlySpan<byte> json, JsonException exception)
    {
        try
        {
            var (name, _) = ReadIdentity(json);
            _log.Warn($"'{name}' is malformed. {exception.Message} The version before stays, if there was one.", s_minutes);
            if (_notRead.Add(name))
            {
                state.Report($"{scope}/{name}", RefusalText.Malformed(scope.Kind, name, exception.Message));
            }

            return name;
        }
        catch (Exception nameless) when (nameless is JsonException or InvalidOperationException)
        {
            _log.Warn($"an object without a readable name is left out. {exception.Message}", s_minutes);
            return null;
        }
    }

    private void WasRead(NamespacedName name)
    {
        if (_notRead.Count > 0 && _notRead.Remove(name))
        {
            state.Report($"{scope}/{name}", null);
        }
    }

    private void Answered()
    {
        Health.LastContact = time.GetTimestamp();
        if (_failingSince is not null)
        {
            _failingSince = null;
            gate.Recovered();
        }
    }

    private void Relist(RelistReason reason)
    {
        _version = null;
        _mustProbe = false;
        _relistReason = reason;
        Log.Relists(logger, scope, reason);
    }

    private RetryDelay Judge(Exception exception, CancellationToken cancellationToken)
    {
        var failure = FailureJudge.KindOf(exception);
        var longest = !role.IsFirst ? options.LongestWait
            : _failingSince is { } since && time.GetElapsedTime(since) >= options.LongOutage ? options.LongestWaitOfFirstLater
            : options.LongestWaitOfFirst;
        switch (failure)
        {
            case Failure.VersionGone:
                Relist(RelistReason.Expired);
                return Waiting.NextAfterFirst(longest);

            case Failure.VersionRefused:
                _log.Warn(FailureJudge.Describe(exception), s_minutes);
                Relist(RelistReason.Expired);
                return Waiting.Next(longest);

            case Failure.Unauthorized or Failure.Credentials:
                _log.Warn(FailureJudge.Describe(exception), s_minute);
                _mustProbe = true;
                return Waiting.Next(options.LongestWaitForPermission);

            case Failure.Forbidden or Failure.Missing:
                Refused((KubernetesApiException)exception);
                return Waiting.Next(options.LongestWaitForPermission);

            case Failure.Unreadable when ++_unreadable >= MostUnreadable:
                _unreadable = 0;
                Relist(RelistReason.Unreadable);
                break;

            case Failure.Connection when Waiting.Failures == 0:
                _mustProbe = true;
                return Waiting.NextAfterFirst(longest);

            case Failure.Defect:
                Log.Defect(logger, scope, exception);
                Relist(RelistReason.Unreadable);
                break;
        }

        _mustProbe = _version is not null;
        _failingSince ??= time.GetTimestamp();
        gate.Failed(FailureJudge.Describe(exception), FailureJudge.IsUnreachable(exception), cancellationToken);
        var wait = Waiting.Next(longest);
        if ((exception as KubernetesApiException)?.RetryAfter is not { } asked)
        {
            return wait;
        }

        asked = asked < options.LongestRetryAfter ? asked : options.LongestRetryAfter;
        return new RetryDelay(asked, asked > wait ? asked : wait);
    }

    private void Refused(KubernetesApiException error)
    {
        var text = RefusalText.Of(error, scope);
        _log.Warn(text, s_minutes);
        state.Report(ReportKey, RefusalText.Diagnostic(text, role.IsRequired));
        if (!role.IsRequired)
        {
            role.OnRefused?.Invoke();
            _synced.TrySetResult();
        }
    }

    private async Task SpreadAsync(CancellationToken cancellationToken)
        => await Task.Delay(options.Spread * _random.NextDouble(), time, cancellationToken).ConfigureAwait(false);

    private static partial class Log
    {
        [LoggerMessage(23, LogLevel.Information, "Lists {Scope} anew ({Reason}).", EventName = "Relists")]
        public static partial void Relists(ILogger logger, WatchScope scope, RelistReason reason);

        [LoggerMessage(24, LogLevel.Error, "Following {Scope} broke off, which is a defect. It is listed anew.", EventName = "ReflectorDefect")]
        public static partial void Defect(ILogger logger, WatchScope scope, Exception exception);
    }
}
