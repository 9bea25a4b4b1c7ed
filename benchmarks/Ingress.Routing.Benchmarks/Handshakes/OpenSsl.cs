using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>The few functions of OpenSSL 3 that a client needs.</summary>
/// <remarks>
/// A handshake of <c>SslStream</c> costs a client more than it costs a server, so that on a machine with two processors the client would be
/// what is measured.
/// </remarks>
internal static partial class OpenSsl
{
    private const string Library = "libssl.so.3";
    private const int SetServerName = 55;
    private const int SetGroups = 92;
    private const int SetOldestVersion = 123;
    private const nint Tls13 = 0x0304;

    /// <summary>
    /// Offers TLS 1.3, one curve and HTTP/1.1; keeps no session, so that none is ever resumed. The signature of the handshake is checked, a chain
    /// is not looked for.
    /// </summary>
    public static unsafe nint CreateContext()
    {
        var context = NewContext(ClientMethod());
        ReadOnlySpan<byte> protocols = "\u0008http/1.1"u8;
        if (ControlContext(context, SetOldestVersion, Tls13, null) != 1 || ControlContext(context, SetGroups, 0, "X25519") != 1
            || SetProtocols(context, protocols, (uint)protocols.Length) != 0)
        {
            throw new InvalidOperationException("OpenSSL refuses the settings of the client.");
        }

        SetVerification(context, &Trust, 0);
        return context;
    }

    /// <summary>A connection on a socket, not begun; free it.</summary>
    public static nint Create(nint context, nint socket, string serverName)
    {
        var connection = New(context);
        _ = SetSocket(connection, (int)socket);
        _ = Control(connection, SetServerName, 0, serverName);
        return connection;
    }

    [LibraryImport(Library, EntryPoint = "SSL_connect")]
    public static partial int Connect(nint connection);

    [LibraryImport(Library, EntryPoint = "SSL_session_reused")]
    public static partial int IsResumed(nint connection);

    [LibraryImport(Library, EntryPoint = "SSL_write")]
    public static partial int Write(nint connection, ReadOnlySpan<byte> data, int length);

    [LibraryImport(Library, EntryPoint = "SSL_read")]
    public static partial int Read(nint connection, Span<byte> data, int length);

    [LibraryImport(Library, EntryPoint = "SSL_shutdown")]
    public static partial int ShutDown(nint connection);

    [LibraryImport(Library, EntryPoint = "SSL_free")]
    public static partial void Free(nint connection);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Trust(nint chain, nint argument) => 1;

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_cert_verify_callback")]
    private static unsafe partial void SetVerification(nint context, delegate* unmanaged[Cdecl]<nint, nint, int> verify, nint argument);

    [LibraryImport(Library, EntryPoint = "TLS_client_method")]
    private static partial nint ClientMethod();

    [LibraryImport(Library, EntryPoint = "SSL_CTX_new")]
    private static partial nint NewContext(nint method);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_ctrl", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ControlContext(nint context, int command, nint number, string? text);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_alpn_protos")]
    private static partial int SetProtocols(nint context, ReadOnlySpan<byte> protocols, uint length);

    [LibraryImport(Library, EntryPoint = "SSL_new")]
    private static partial nint New(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_set_fd")]
    private static partial int SetSocket(nint connection, int socket);

    [LibraryImport(Library, EntryPoint = "SSL_ctrl", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Control(nint connection, int command, nint number, string? text);
}
