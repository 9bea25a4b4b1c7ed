using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore;

/// <summary>Gathers what there is to tell about a request, and tells it when the request is over. Costs next to nothing while nobody listens.</summary>
internal sealed partial class RequestObservation(
    RequestDelegate next, IngressRouter router, RouteMetrics metrics, IEnumerable<IIngressRequestObserver> observers, ILogger<RequestObservation> logger)
{
    private readonly IIngressRequestObserver[] _observers = [.. observers];

    public Task InvokeAsync(HttpContext context)
        => context.GetEndpoint() is null && (_observers.Length > 0 || metrics.IsEnabled || RequestTrace.IsWanted(Activity.Current))
            ? ObserveAsync(context)
            : next(context);

    private async Task ObserveAsync(HttpContext context)
    {
        var record = new IngressRequestRecord(metrics);
        record.Begin(context);
        Exception? failure = null;
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            // Some are refused before they are matched. The application's own requests pass too, and are nobody's business.
            if (record.Reason is not null)
            {
                record.Generation ??= router.Generation;
            }

            if (record.Generation is not null)
            {
                record.End(context, failure);
                metrics.Completed(context, record);
                RequestTrace.Complete(context, record);
                Tell(context, record);
            }
        }
    }

    private void Tell(HttpContext context, IngressRequestRecord record)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.OnCompleted(context, record);
            }
            catch (Exception exception)
            {
                Log.ObserverFailed(logger, exception, observer.GetType());
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Observer} could not take note of a request.", EventName = "ObserverFailed")]
        public static partial void ObserverFailed(ILogger logger, Exception exception, Type observer);
    }
}
