using System.Text;
using Grpc.Core;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A gRPC service whose messages are plain text, written without a protocol compiler.</summary>
[BindServiceMethod(typeof(CountingServiceBase), nameof(BindService))]
internal abstract class CountingServiceBase
{
    private static readonly Marshaller<string> s_text =
        Marshallers.Create(static text => Encoding.UTF8.GetBytes(text), static bytes => Encoding.UTF8.GetString(bytes));

    public static Method<string, string> Greet { get; } = Define(MethodType.Unary, nameof(Greet));

    public static Method<string, string> CountTo { get; } = Define(MethodType.ServerStreaming, nameof(CountTo));

    public static Method<string, string> Sum { get; } = Define(MethodType.ClientStreaming, nameof(Sum));

    public static Method<string, string> Echo { get; } = Define(MethodType.DuplexStreaming, nameof(Echo));

    public static Method<string, string> Fail { get; } = Define(MethodType.Unary, nameof(Fail));

    // Called by the server's reflection, with null to learn of the methods.
    public static void BindService(ServiceBinderBase binder, CountingServiceBase? service)
    {
        binder.AddMethod(Greet, service is null ? null : service.GreetAsync);
        binder.AddMethod(CountTo, service is null ? null : service.CountToAsync);
        binder.AddMethod(Sum, service is null ? null : service.SumAsync);
        binder.AddMethod(Echo, service is null ? null : service.EchoAsync);
        binder.AddMethod(Fail, service is null ? null : service.FailAsync);
    }

    public abstract Task<string> GreetAsync(string request, ServerCallContext context);

    public abstract Task CountToAsync(string request, IServerStreamWriter<string> response, ServerCallContext context);

    public abstract Task<string> SumAsync(IAsyncStreamReader<string> request, ServerCallContext context);

    public abstract Task EchoAsync(IAsyncStreamReader<string> request, IServerStreamWriter<string> response, ServerCallContext context);

    public abstract Task<string> FailAsync(string request, ServerCallContext context);

    private static Method<string, string> Define(MethodType type, string name) => new(type, "test.Counting", name, s_text, s_text);
}
