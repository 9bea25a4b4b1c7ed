namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>A settings file that cannot be used; the message says where and why.</summary>
internal sealed class SettingsException(string message) : Exception(message);
