namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>The development CA cannot be made or read. The message is for the user: it names the files and says what to do.</summary>
internal sealed class DevCertificateException(string message, Exception? innerException = null) : Exception(message, innerException);
