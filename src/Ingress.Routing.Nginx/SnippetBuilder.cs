using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Nginx.Snippets;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What snippets say, translated to policies. Nothing of their text is ever executed by another program.</summary>
internal sealed class SnippetBuilder : PolicyBuilder
{
    public const string Configuration = "configuration-snippet";
    public const string Server = "server-snippet";

    private const string RewriteTarget = "rewrite-target";
    private const string SwitchedOff = "Snippets are switched off, as ingress-nginx does by default; 'allow-snippet-annotations' of the controller switches them on";

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public static bool TrySet(SnippetBuilder builder, string name, string text) => builder._texts.TryAdd(name, text);

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        var translator = new SnippetTranslator(context.Ingress, context.RejectsBacktracking);
        var settings = context.Settings<NginxOptions>();
        foreach (var name in new[] { Server, Configuration }.Where(_texts.ContainsKey))
        {
            if (!SnippetParser.TryParse(_texts[name], out var directives, out var problem))
            {
                Close(name, $"It cannot be read: {problem}", context);
            }
            else if (settings.AllowSnippetAnnotations)
            {
                translator.Translate(directives, isServer: name == Server);
                Report(name, translator, context);
            }
            else
            {
                LeaveOut(name, directives, settings, context);
            }
        }

        Add(translator, context);
    }

    // With the highest risk allowed, ingress-nginx drops the snippet and keeps the Ingress; else it refuses the Ingress.
    private static void LeaveOut(string name, IReadOnlyList<SnippetDirective> directives, NginxOptions settings, PolicyContext context)
    {
        if (settings.AnnotationsRiskLevel == NginxRiskLevel.Critical && !directives.Any(DirectiveKinds.CouldProtect))
        {
            context.Report(IngressDiagnosticIds.SnippetNotTranslated, name, $"{SwitchedOff}. It is left out.", isError: false);
        }
        else
        {
            Close(name, SwitchedOff, context);
        }
    }

    private static void Report(string name, SnippetTranslator translator, PolicyContext context)
    {
        foreach (var problem in translator.Problems)
        {
            var message = $"Line {problem.Line}, '{problem.Directive}': {problem.Message}";
            if (problem.Protects)
            {
                Close(name, message, context);
            }
            else
            {
                context.Report(IngressDiagnosticIds.SnippetNotTranslated, name, $"{message}. It is left out.", isError: false);
            }
        }

        translator.Problems.Clear();
    }

    private void Add(SnippetTranslator translator, PolicyContext context)
    {
        var last = _texts.ContainsKey(Configuration) ? Configuration : Server;
        if (translator.Headers.Request is { Count: > 0 } request)
        {
            context.Replace(new RequestHeaderEdits([.. context.Find<RequestHeaderEdits>()?.Edits ?? [], .. request]));
        }

        if (translator.Headers.Response.ToList() is { Count: > 0 } response)
        {
            context.Replace(new ResponseHeaderEdits([.. context.Find<ResponseHeaderEdits>()?.Edits ?? [], .. response]));
        }

        if (translator.BodySize is { } bytes)
        {
            context.Replace(bytes > 0 ? new BodySizeLimit(bytes) : null);
        }

        if (translator.Timeouts.Over(context.Find<BackendTimeouts>()) is { } timeouts)
        {
            context.Replace(timeouts);
        }

        if (translator.Addresses is { } addresses)
        {
            AddAddresses(addresses, last, context);
        }

        if (translator.Rules is { } rules)
        {
            AddRules(rules with { KeepsSlashes = context.KeepsSlashes }, translator.ChangesPath, last, context);
        }
    }

    private static void AddAddresses(AddressList addresses, string name, PolicyContext context)
    {
        if (context.Find<AddressList>() is not null)
        {
            Close(name, "It lets addresses in or keeps them out, and so do other settings. Write all of them in one place", context);
        }
        else
        {
            context.Add(addresses, name);
        }
    }

    private static void AddRules(OrderedRules rules, bool changesPath, string name, PolicyContext context)
    {
        if (changesPath && context.Names.Contains(RewriteTarget))
        {
            Close(name, $"It changes the path, and so does '{context.Dialect.KeyOf(RewriteTarget)}'. Write one of the two", context);
            return;
        }

        context.Add(rules, name);
        if (changesPath)
        {
            context.Inform(
                name,
                "It changes the path that the backend of this very path gets. ingress-nginx may look for the changed path among all paths of the host again.");
        }
    }

    private static void Close(string name, string problem, PolicyContext context)
    {
        context.Close(name);
        context.Report(IngressDiagnosticIds.SnippetNotTranslated, name, $"{problem}. The paths of this Ingress answer 503.", isError: true);
    }
}
