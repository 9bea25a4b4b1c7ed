namespace Ingress.Routing.Kubernetes.Client;

/// <summary>The credentials cannot be had now: a file that cannot be read, a plugin that fails. It may be better later.</summary>
internal sealed class CredentialsException(string message, Exception? innerException = null) : Exception(message, innerException);
