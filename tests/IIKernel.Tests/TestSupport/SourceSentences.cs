using System.Globalization;
using System.Text;
using IIKernel.Reports.Words;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IIKernel.Tests;

/// <summary>The formats of every sentence that the sources of a project say to people, as its compiler sees them.</summary>
internal static class SourceSentences
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; "
        + "global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    // What makes the lines, columns and cells of a report, and tells progress.
    private static readonly string[] Shown = ["Report", "ReportCell", "ReportColumn", "ReportSpan", "ReportTable", "ProgressMeter"];

    private static readonly Dictionary<string, SemanticModel[]> Known = [];

    /// <summary>The formats, each with the places of its sentences.</summary>
    /// <param name="folders">Folders of projects, relative to the repository.</param>
    public static ILookup<string, string> Of(params string[] folders) =>
        Models(folders).SelectMany(In).ToLookup(found => found.Format, found => found.Place);

    /// <summary>
    /// Words that are shown without being said: texts with two letters or more that stand where a report or progress takes them.
    /// </summary>
    /// <param name="folders">Folders of projects, relative to the repository.</param>
    public static IEnumerable<string> Unsaid(params string[] folders)
    {
        foreach (var model in Models(folders))
        {
            // A page has its own words.
            var tree = model.SyntaxTree;
            if (tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
                .Any(n => n.Name.ToString() is "IIKernel.Reports.Pages" or "IIKernel.Reports.Plots")) continue;
            foreach (var text in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>().Where(IsWorded))
            {
                var argument = text.Parent is ArgumentSyntax a
                    ? (model.GetOperation(a) as Microsoft.CodeAnalysis.Operations.IArgumentOperation)?.Parameter : null;
                if (Shown.Contains(model.GetTypeInfo(text).ConvertedType?.Name) || Shown.Contains(argument?.ContainingType.Name))
                    yield return text.ToString();
            }
        }
    }

    private static bool IsWorded(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax text => text.IsKind(SyntaxKind.StringLiteralExpression) && HasWord(text.Token.ValueText),
        InterpolatedStringExpressionSyntax text => text.Contents.OfType<InterpolatedStringTextSyntax>().Any(t => HasWord(t.TextToken.Text)),
        _ => false,
    };

    private static bool HasWord(string text) => text.Zip(text.Skip(1)).Any(pair => char.IsLetter(pair.First) && char.IsLetter(pair.Second));

    // What is compiled of some folders is the same for all that is asked of it.
    private static SemanticModel[] Models(string[] folders)
    {
        lock (Known)
        {
            var key = string.Join(' ', folders);
            if (Known.TryGetValue(key, out var models)) return models;
            var compilation = Compiled(folders);
            return Known[key] = [.. compilation.SyntaxTrees.Select(tree => compilation.GetSemanticModel(tree))];
        }
    }

    private static CSharpCompilation Compiled(string[] folders)
    {
        // Compiled together: what a project sees inside another is as in the build, where it is one assembly for its tests.
        var trees = folders.SelectMany(folder => RepositoryFiles(folder)).Select(path =>
            CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: Path.GetFileName(path)));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !folders.Select(Path.GetFileName).Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("sentences", trees.Append(CSharpSyntaxTree.ParseText(Usings)), references,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static IEnumerable<(string Format, string Place)> In(SemanticModel model)
    {
        foreach (var expression in model.SyntaxTree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>()
            .Where(e => e is InterpolatedStringExpressionSyntax or BinaryExpressionSyntax))
        {
            if (model.GetTypeInfo(expression).ConvertedType?.Name != nameof(Sentence)) continue;
            // The text for one is said in no other language.
            if (expression.Parent is ArgumentSyntax argument
                && model.GetOperation(argument) is Microsoft.CodeAnalysis.Operations.IArgumentOperation { Parameter.Name: "one" }) continue;
            var line = expression.GetLocation().GetLineSpan();
            yield return (Format(expression), $"{line.Path}({line.StartLinePosition.Line + 1})");
        }
    }

    private static string Format(ExpressionSyntax expression)
    {
        var (format, index) = (new StringBuilder(), 0);
        foreach (var content in Parts(expression).SelectMany(part => part.Contents))
        {
            if (content is InterpolatedStringTextSyntax text)
            {
                // The value of the token still has its braces doubled.
                format.Append(text.TextToken.ValueText);
                continue;
            }

            var hole = (InterpolationSyntax)content;
            format.Append(CultureInfo.InvariantCulture, $"{{{index++}{hole.AlignmentClause}{hole.FormatClause}}}");
        }

        return format.ToString();
    }

    private static IEnumerable<InterpolatedStringExpressionSyntax> Parts(ExpressionSyntax expression) => expression switch
    {
        InterpolatedStringExpressionSyntax text => [text],
        BinaryExpressionSyntax sum => Parts(sum.Left).Concat(Parts(sum.Right)),
        _ => throw new InvalidOperationException($"{expression} is no sentence."),
    };

    private static IEnumerable<string> RepositoryFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.RepositoryTests.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal)
                && !path.Replace('\\', '/').Contains("/bin/", StringComparison.Ordinal));
}
