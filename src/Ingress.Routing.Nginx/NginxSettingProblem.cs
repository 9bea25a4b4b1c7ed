namespace Ingress.Routing.Nginx;

/// <summary>What is worth knowing about one key of the ConfigMap of the controller.</summary>
/// <param name="Key">The key.</param>
/// <param name="Message">What is wrong, or why it changes nothing, as a sentence.</param>
/// <param name="IsError">Whether it cannot be served without: its text is wrong, or it could protect something.</param>
public sealed record NginxSettingProblem(string Key, string Message, bool IsError);
