using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Ingress.Routing.Compilation;
using Ingress.Routing.Explanation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>What ingress-nginx makes of the paths of an Ingress with <c>rewrite-target</c>.</summary>
/// <remarks>
/// It compares the target with each path, and where they differ takes the path as a regular expression and sends the target instead, with
/// <c>$1</c> to <c>$9</c> for the groups. A Prefix becomes an expression with a slash at its end and one without, so that <c>/a</c> is
/// rewritten to <c>/a</c>, and loses what follows.
/// </remarks>
internal static partial class RewriteTarget
{
    private const string NotHere = "Here nothing is rewritten";

    /// <summary>Describes it in one or two sentences; null when no request is changed.</summary>
    public static string? Describe(string target, IReadOnlyList<PathClaim> claims)
    {
        var rewritten = claims.Where(claim => IsRewritten(claim, target)).Select(static claim => new Rewritten(claim)).ToList();
        if (target.Length == 0 || rewritten.Count == 0)
        {
            return null;
        }

        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || target.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return $"ingress-nginx would redirect clients to '{target}' (302). Here nothing is redirected{Literal(rewritten, "let the Service redirect")}";
        }

        var highest = References().Matches(target).Select(static match => match.ValueSpan[1] - '0').DefaultIfEmpty(0).Max();
        if (highest == 0)
        {
            return Constant(target, rewritten);
        }

        return rewritten.Find(path => path.Groups < highest) is { } lacking
            ? WithoutGroup(target, highest, lacking, rewritten)
            : Working(target, rewritten);
    }

    private static bool IsRewritten(PathClaim claim, string target)
    {
        var path = RulePath.AsWritten(claim.Written!);
        return path != target || !(claim.Written!.PathType == PathTypes.Exact || path.EndsWith('/'));
    }

    private static string Constant(string target, List<Rewritten> paths)
    {
        // The one that loses most: below an Exact path there is nothing.
        var path = paths.Find(static path => !path.IsExact) ?? paths[0];
        var more = More(paths);
        if (path.IsExact)
        {
            return $"ingress-nginx would send requests for '{path.Text}'{more} as '{target}'. {NotHere}{Literal(paths)}";
        }

        var root = target.TrimEnd('/');
        var keep = path.Groups > 0
            ? $"To keep what a group of it holds, it needs '{root}/${Text(path.Groups)}'."
            : $"To keep the rest, it needs the path '{path.Plain}(/|$)(.*)' and the target '{root}/$2'.";
        var example = path.Example(target);
        var instance = example is { } shown ? $", '{shown.From}' for instance" : "";
        return $"ingress-nginx would send every request for '{path.Text}'{more} as '{target}'{instance}, and drop the rest of its path. {keep} {NotHere}{Literal(paths)}";
    }

    private static string WithoutGroup(string target, int group, Rewritten path, List<Rewritten> paths)
    {
        var has = path.Groups == 0 ? "has no groups" : $"has only {Text(path.Groups)}";
        var sent = References().Replace(target, match => match.ValueSpan[1] - '0' > path.Groups ? "" : match.Value);
        var better = group == 1 ? $"{path.Plain}/(.*)" : $"{path.Plain}(/|$)(.*)";
        var advice = path.Groups == 0 && group <= 2 ? $" It needs the path '{better}'." : "";
        return $"The target takes group {Text(group)} of the path, and '{path.Text}'{More(paths)} {has}: ingress-nginx would send every request for it as "
            + $"'{sent}', and drop the rest of its path.{advice} {NotHere}{Literal(paths)}";
    }

    private static string Working(string target, List<Rewritten> paths)
    {
        var path = paths[0];
        var sent = path.Example(target) is { } example ? $"'{example.From}' as '{example.To}'" : $"requests for '{path.Text}' as '{target}'";
        return $"ingress-nginx would send {sent}. {NotHere}{Literal(paths)}";
    }

    // What becomes of the paths here: a pattern is the text that it is written with.
    private static string Literal(List<Rewritten> paths, string instead = "let the Service answer below it")
    {
        var patterns = paths.Where(static path => PathSyntax.LooksLikePattern(path.Text)).ToList();
        if (patterns.Count == 0)
        {
            return ": the Service gets the path that was asked for.";
        }

        var more = More(patterns);
        var advice = PathSyntax.PrefixFor(patterns[0].Text) is { } prefix ? $" Write the Prefix '{prefix}', and {instead}." : "";
        return $", and '{patterns[0].Text}'{more} is literal text: it fits requests for these very characters, and no others.{advice}";
    }

    private static string More(List<Rewritten> paths) => paths.Count switch
    {
        1 => "",
        2 => " (and one more path)",
        _ => $" (and {Text(paths.Count - 1)} more paths)",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$[1-9]")]
    private static partial Regex References();

    /// <summary>A path that differs from the target.</summary>
    private sealed class Rewritten
    {
        private static readonly SearchValues<char> s_special = SearchValues.Create("()[]{}*+?|^$\\");

        private readonly Regex? _expression;

        public Rewritten(PathClaim claim)
        {
            Text = RulePath.AsWritten(claim.Written!);
            IsExact = claim.Written!.PathType == PathTypes.Exact;
            _expression = Parse(Text, RegexOptions.NonBacktracking);
            Groups = ((_expression ?? Parse(Text, RegexOptions.None))?.GetGroupNumbers().Length ?? 1) - 1;
        }

        public string Text { get; }

        public bool IsExact { get; }

        /// <summary>How many groups the path has as a regular expression.</summary>
        public int Groups { get; }

        /// <summary>The text before anything that is not literal.</summary>
        public string Plain => (Text.AsSpan().IndexOfAny(s_special) is >= 0 and var end ? Text[..end] : Text).TrimEnd('/');

        /// <summary>A request, and what would be sent instead; null when none is found easily.</summary>
        public (string From, string To)? Example(string target)
        {
            foreach (var from in new[] { $"{Plain}/a/b", $"{Plain}/1/b", Plain })
            {
                if (from.Length > 0 && _expression?.Match(from) is { Success: true, Index: 0 } match)
                {
                    return (from, References().Replace(target, reference => match.Groups[reference.ValueSpan[1] - '0'].Value));
                }
            }

            return null;
        }

        // Only what takes linear time is tried on a request; anything else is looked at, and has no example.
        private static Regex? Parse(string path, RegexOptions options)
        {
            try
            {
                return new Regex(path, options | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
            {
                return null;
            }
        }
    }
}
