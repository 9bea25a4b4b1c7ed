using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Everything that is written or read as JSON.</summary>
[JsonSerializable(typeof(IReadOnlyList<DiagnosticJson>))]
[JsonSerializable(typeof(IReadOnlyList<RouteJson>))]
[JsonSerializable(typeof(IReadOnlyList<ServedCertificate>))]
[JsonSerializable(typeof(IReadOnlyList<AnnotationJson>))]
[JsonSerializable(typeof(MatchJson))]
[JsonSerializable(typeof(ExplanationJson))]
[JsonSerializable(typeof(CheckSettings))]
[JsonSerializable(typeof(LimitSettings))]
[JsonSerializable(typeof(DiffJson))]
[JsonSerializable(typeof(MigrationJson))]
[JsonSerializable(typeof(TestJson))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    // The quotes of messages stay quotes; nothing of this is ever put into a page.
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Lists are spread over lines.</summary>
    public static GatewayJson Lists { get; } = new(new JsonSerializerOptions(s_options) { WriteIndented = true });

    /// <summary>What people write: comments are welcome, misspelt members are not.</summary>
    public static GatewayJson Settings { get; } = new(new JsonSerializerOptions(s_options)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter<FailOn>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    });

    /// <summary>An object is one line.</summary>
    public static GatewayJson Lines { get; } = new(new JsonSerializerOptions(s_options));
}
