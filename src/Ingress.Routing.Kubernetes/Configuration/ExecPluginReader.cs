using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>Reads the <c>exec</c> of a user.</summary>
internal static class ExecPluginReader
{
    private const string Extension = "client.authentication.k8s.io/exec";

    /// <exception cref="KubernetesConfigurationException">Something cannot be used.</exception>
    public static ExecPlugin Read(KubeconfigEntry exec, KubeconfigEntry user, KubeconfigEntry cluster, ClusterConnection connection)
    {
        var version = exec.Text("apiVersion") ?? "";
        if (version is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
        {
            throw new KubernetesConfigurationException(
                $"The exec plugin of {user.Description} speaks '{version}'; client.authentication.k8s.io/v1 and v1beta1 are supported.");
        }

        if (exec.Text("command") is not { Length: > 0 } command)
        {
            throw new KubernetesConfigurationException($"The exec plugin of {user.Description} has no command.");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            throw new KubernetesConfigurationException($"The exec plugin of {user.Description} asks questions (interactiveMode Always), and nobody is there to answer.");
        }

        return new()
        {
            ApiVersion = version,
            Command = command.Contains('/') || command.Contains(Path.DirectorySeparatorChar) ? exec.Resolve(command) : command,
            Arguments = exec.Texts("args"),
            Environment = [.. exec.Entries("env").Select(static entry => new KeyValuePair<string, string>(entry.Text("name") ?? "", entry.Text("value") ?? ""))],
            InstallHint = exec.Text("installHint"),
            Info = InfoFor(version, exec.IsTrue("provideClusterInfo") ? cluster : null, connection),
        };
    }

    private static string InfoFor(string version, KubeconfigEntry? cluster, ClusterConnection connection)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("kind", "ExecCredential");
            json.WriteString("apiVersion", version);
            json.WriteStartObject("spec");
            if (cluster is not null)
            {
                WriteCluster(json, cluster, connection);
            }

            json.WriteBoolean("interactive", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteCluster(Utf8JsonWriter json, KubeconfigEntry cluster, ClusterConnection connection)
    {
        json.WriteStartObject("cluster");
        json.WriteString("server", cluster.Text("server"));
        if (connection.TlsServerName is { } name)
        {
            json.WriteString("tls-server-name", name);
        }

        if (connection.SkipsVerification)
        {
            json.WriteBoolean("insecure-skip-tls-verify", true);
        }

        if (connection.Authorities is { } authorities)
        {
            json.WriteBase64String("certificate-authority-data", authorities.Read());
        }

        if (connection.Proxy is not null)
        {
            json.WriteString("proxy-url", cluster.Text("proxy-url"));
        }

        if (cluster.Entries("extensions").FirstOrDefault(static entry => entry.Text("name") == Extension)?.Find("extension") is { } config)
        {
            json.WritePropertyName("config");
            Write(json, config);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                json.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    json.WritePropertyName((key as YamlScalarNode)?.Value ?? "");
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case YamlSequenceNode list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar:
                json.WriteBooleanValue(scalar.Value == "true");
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "null" or "~" }:
                json.WriteNullValue();
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: { } number }
                when decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value):
                json.WriteNumberValue(value);
                break;
            default:
                json.WriteStringValue((node as YamlScalarNode)?.Value);
                break;
        }
    }
}
