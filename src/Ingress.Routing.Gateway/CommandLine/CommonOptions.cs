using System.CommandLine;
using System.CommandLine.Parsing;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Options and arguments that several commands have, and how values of our own types are read.</summary>
/// <remarks>Each call makes a new symbol, since a symbol belongs to one command.</remarks>
internal static class CommonOptions
{
    public static Argument<string[]> Paths()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched recursively for *.yaml, *.yml and *.json), or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.Validators.Add(RefuseUnknownOptions);
        return paths;
    }

    public static Option<string[]> Manifests(string description)
    {
        var manifests = new Option<string[]>("--manifests")
        {
            Description = description,
            HelpName = "PATH",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        manifests.Validators.Add(RefuseUnknownOptions);
        return manifests;
    }

    /// <param name="untouched">Goes on after "Nothing is decoded or ".</param>
    public static Argument<string[]> Urls(string untouched)
    {
        var urls = new Argument<string[]>("URL")
        {
            Description = "What to ask for: scheme://host/path or host/path, or /path for a request without Host. Nothing is decoded or "
                + untouched,
            Arity = ArgumentArity.ZeroOrMore,
        };
        urls.Validators.Add(RefuseUnknownOptions);
        return urls;
    }

    /// <summary>Tells manifests and URLs apart.</summary>
    // '--manifests a.yaml b.yaml http://h/' gives all three to the option; no manifest has such a name.
    public static (string[] Files, string[] Urls) FilesAndUrls(ParseResult parsed, Option<string[]> manifests, Argument<string[]> urls)
    {
        var values = (parsed.GetValue(manifests) ?? []).ToLookup(static value => value.Contains("://", StringComparison.Ordinal));
        return ([.. values[false]], [.. parsed.GetValue(urls) ?? [], .. values[true]]);
    }

    public static Option<OutputFormat> Format(string json)
    {
        var format = new Option<OutputFormat>("--format")
        {
            Description = $"'text' for people (the default) or 'json': {json}.",
            HelpName = "text|json",
            CustomParser = argument => ReadOne(argument, "'text' or 'json'", static (string text, out OutputFormat value) =>
            {
                value = text == "json" ? OutputFormat.Json : OutputFormat.Text;
                return text is "json" or "text";
            }),
        };
        format.CompletionSources.Add("text", "json");
        return format;
    }

    public static Option<string?> ControllerName() => new("--controller-name")
    {
        Description = "Serve only Ingresses whose IngressClass names this controller (spec.controller), for instance "
            + "example.com/ingress. Without it every Ingress is served, whatever its class.",
        HelpName = "NAME",
    };

    public static Option<ServiceReference?> DefaultBackend() => new("--default-backend")
    {
        Description = "The Service port that takes requests which no rule and no default backend of an Ingress takes.",
        HelpName = "NS/NAME:PORT",
        CustomParser = argument => ReadOne<ServiceReference?>(
            argument, "NS/NAME:PORT, such as shop/web:80", ReferenceParser.TryParse, ReferenceParser.ProblemOf),
    };

    public static Option<NamespacedName?> DefaultCertificate() => Secret(
        "--default-certificate", "The TLS Secret for names that no other certificate covers. Without it their handshakes are refused.");

    public static Option<NamespacedName?> Secret(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NS/SECRET",
        CustomParser = argument => ReadOne(
            argument,
            "NS/SECRET, such as shop/tls",
            static (string text, out NamespacedName? secret) =>
            {
                var isName = ReferenceParser.TryParseName(text, out var parsed);
                secret = parsed;
                return isName;
            },
            ReferenceParser.ProblemOfName),
    };

    /// <summary>Refuses a misspelt option, which would otherwise be one more path.</summary>
    public static void RefuseUnknownOptions(SymbolResult result)
    {
        foreach (var token in result.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-') && value != "-"))
        {
            result.AddError($"There is no option '{token}'.{Suggestion(result, token)} For a file of this name write './{token}'.");
        }
    }

    private static string Suggestion(SymbolResult result, string token)
    {
        var command = result;
        while (command is not null and not CommandResult)
        {
            command = command.Parent;
        }

        var known = (command as CommandResult)?.Command.Options.Select(static option => option.Name) ?? [];
        return NearestName.Of(token.Split('=')[0], known) is { } name ? $" Did you mean '{name}'?" : "";
    }

    /// <summary>Reads the one value of an option, or reports what was expected.</summary>
    public static T? ReadOne<T>(ArgumentResult argument, string expected, TryParse<T> tryParse, Func<string, string>? problemOf = null)
        => ReadAll(argument, expected, tryParse, problemOf) is [var value, ..] ? value : default;

    /// <summary>Reads all values of an option, or reports which option it is, what is wrong, and what was expected.</summary>
    /// <param name="problemOf">Says in a sentence what is wrong with a value that was refused.</param>
    public static T[] ReadAll<T>(ArgumentResult argument, string expected, TryParse<T> tryParse, Func<string, string>? problemOf = null)
    {
        var option = argument.Parent is OptionResult { Option.Name: var name } ? $"{name}: " : "";
        var values = new List<T>(argument.Tokens.Count);
        foreach (var token in argument.Tokens)
        {
            if (tryParse(token.Value, out var value))
            {
                values.Add(value!);
            }
            else
            {
                var problem = problemOf is null ? "" : $" {problemOf(token.Value)}";
                argument.AddError($"{option}'{token.Value}' is not understood.{problem} Expected {expected}.");
            }
        }

        return [.. values];
    }
}
