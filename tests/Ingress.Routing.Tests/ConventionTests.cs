using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Tests;

/// <summary>House rules that the compiler does not check.</summary>
public sealed class ConventionTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] s_publicTypes = typeof(IngressRouteTable).Assembly.GetExportedTypes();

    [Fact]
    public void PublicTypes_CannotBeInheritedByAccident()
        => Assert.DoesNotContain(s_publicTypes, type => type is { IsClass: true, IsSealed: false, IsAbstract: false });

    [Fact]
    public void PublicTypes_HaveNoMutableFields()
        => Assert.DoesNotContain(
            s_publicTypes.Where(type => !type.IsEnum).SelectMany(type => type.GetFields(Declared)),
            info => info is { IsLiteral: false, IsInitOnly: false });

    [Fact]
    public void PublicTypes_HaveNoSetters()
        => Assert.DoesNotContain(
            s_publicTypes.SelectMany(type => type.GetProperties(Declared)),
            property => property.SetMethod is { IsPublic: true } setter && !IsInit(setter));

    // What a record prints of itself are its properties, and one that refers to text cannot be put into the box that printing needs: it throws.
    [Fact]
    public void Records_HoldNothingThatCannotBePrinted()
        => Assert.DoesNotContain(
            typeof(IngressRouteTable).Assembly.GetTypes()
                .Where(static type => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null)
                .SelectMany(static type => type.GetProperties(Declared)),
            static property => property.PropertyType.IsByRefLike);

    [Fact]
    public void DiagnosticIds_AreUniqueAndWellFormed()
    {
        Assert.Equal(Ids.Count, Ids.Distinct().Count());
        Assert.All(Ids, id => Assert.Matches(@"\AINGR[0-9]{3}\z", id));
    }

    [Fact]
    public void DiagnosticIds_AreTheHeadingsOfTheirDocumentation()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot, "docs", "diagnostics.md"));

        var headings = Regex.Matches(page, @"^##+ (INGR[0-9]{3})\b", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToList();

        Assert.Empty(Ids.Except(headings));
        Assert.Equal(headings.Count, headings.Distinct().Count());
    }

    private static IReadOnlyList<string> Ids =>
        [.. typeof(IngressDiagnosticIds).GetFields().Where(info => info.IsLiteral).Select(info => (string)info.GetRawConstantValue()!)];

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    internal static string RepositoryRoot
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory.FullName, "Ingress.Routing.sln")))
            {
                directory = directory.Parent ?? throw new DirectoryNotFoundException(
                    "Ingress.Routing.sln is in no parent folder of the tests.");
            }

            return directory.FullName;
        }
    }
}
