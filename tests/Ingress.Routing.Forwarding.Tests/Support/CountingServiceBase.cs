using System.Text;
using Grpc.Core;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A gRPC service whose messages are plain text, written without a protocol compiler.</summary>
[BindServiceMethod(typeof(CountingServiceBase), nameof(BindService))]
internal abstract class CountingServiceBase
{
    private static readonly Marshaller<string> s_text =
        Marshallers.Create(static text => Encoding.UTF8.GetBytes(text), static bytes => Encoding.UTF8.GetString(bytes));

    public static Method<string, string> GreetMethod { get; } = Define(MethodType.Unary, nameof(Greet));

    public static Method<string, string> CountToMethod { get; } = Define(MethodType.ServerStreaming, nameof(CountTo));

    public static Method<string, string> SumMethod { get; } = Define(MethodType.ClientStreaming, nameof(Sum));

    public static Method<string, string> EchoMethod { get; } = Define(MethodType.DuplexStreaming, nameof(Echo));

    public static Method<string, string> FailMethod { get; } = Define(MethodType.Unary, nameof(Fail));

    // Called by the server, with null to learn of the methods, which it then looks up by name.
    public static void BindService(ServiceBinderBase binder, CountingServiceBase? service)
    {
        binder.AddMethod(GreetMethod, service is null ? null : service.Greet);
        binder.AddMethod(CountToMethod, service is null ? null : service.CountTo);
        binder.AddMethod(SumMethod, service is null ? null : service.Sum);
        binder.AddMethod(EchoMethod, service is null ? null : service.Echo);
        binder.AddMethod(FailMethod, service is null ? null : service.Fail);
    }

    public abstract Task<string> Greet(string request, ServerCallContext context);

    public abstract Task CountTo(string request, IServerStreamWriter<string> response, ServerCallContext context);

    public abstract Task<string> Sum(IAsyncStreamReader<string> request, ServerCallContext context);

    public abstract Task Echo(IAsyncStreamReader<string> request, IServerStreamWriter<string> response, ServerCallContext context);

    public abstract Task<string> Fail(string request, ServerCallContext context);

    private static Method<string, string> Define(MethodType type, string name) => new(type, "test.Counting", name, s_text, s_text);
}
