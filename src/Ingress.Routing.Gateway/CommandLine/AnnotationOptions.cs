using System.CommandLine;
using System.CommandLine.Parsing;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options that say which annotations are understood besides our own.</summary>
internal sealed class AnnotationOptions
{
    private const string Strict = "strict";

    private readonly Option<NginxOptions[]> _annotations = new("--annotations")
    {
        Description = $"Understands the annotations of another controller as well: '{NginxAnnotations.DialectName}' for those of ingress-nginx, or "
            + $"'{NginxAnnotations.DialectName},{Strict}', with which a regular expression of one Ingress changes no paths of others.",
        HelpName = $"{NginxAnnotations.DialectName}[,{Strict}]",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static argument => CommonOptions.ReadAll<NginxOptions>(
            argument, $"'{NginxAnnotations.DialectName}' or '{NginxAnnotations.DialectName},{Strict}'", TryParse),
    };

    private readonly Option<string?> _prefix = new("--annotations-prefix")
    {
        Description = $"The prefix of these annotations, if it is not {NginxAnnotations.DefaultPrefix}.",
        HelpName = "PREFIX",
    };

    public AnnotationOptions()
    {
        _annotations.CompletionSources.Add(NginxAnnotations.DialectName, $"{NginxAnnotations.DialectName},{Strict}");
        _prefix.Validators.Add(NeedsAnnotations);
        _prefix.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var prefix }] && !NamespacedName.TryParse($"a/{prefix}", null, out _))
            {
                result.AddError($"--annotations-prefix: '{prefix}' is no prefix. Expected a name such as {NginxAnnotations.DefaultPrefix}, without a slash.");
            }
        });
    }

    public IEnumerable<Option> All => [_annotations, _prefix];

    /// <summary>The settings of the controller whose annotations are understood; null when there is none.</summary>
    public NginxOptions? Read(ParseResult parsed)
        => parsed.GetValue(_annotations) is [.., var last] ? last with { Prefix = parsed.GetValue(_prefix) ?? last.Prefix } : null;

    private void NeedsAnnotations(OptionResult result)
    {
        if (result.GetResult(_annotations) is null)
        {
            result.AddError($"{result.Option.Name} needs '--annotations {NginxAnnotations.DialectName}'.");
        }
    }

    private static bool TryParse(string text, out NginxOptions? options)
    {
        var words = text.Split(',');
        options = new() { Strict = words is [_, Strict] };
        return words is [NginxAnnotations.DialectName] or [NginxAnnotations.DialectName, Strict];
    }
}
