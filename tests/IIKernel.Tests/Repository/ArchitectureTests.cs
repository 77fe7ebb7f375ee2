using System.Reflection;
using System.Text.RegularExpressions;
using IIKernel.Kernels;
using IIKernel.Reports;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Repository;

/// <summary>The house as it is drawn: rooms in one order, each formula in its place, lines that can be read.</summary>
public partial class ArchitectureTests
{
    private const int Columns = 140;

    /// <summary>
    /// A project of rooms, top to bottom: each uses those below it only. A room is a folder and its namespace; the project's own name
    /// stands for what lies in none.
    /// </summary>
    private static readonly Dictionary<string, (Assembly Assembly, string Map, string[] Rooms)> Houses = new()
    {
        ["kernels/IIKernel.Kernels"] = (typeof(IBackend).Assembly, "kernels/README.md",
            ["Journal", "Search", "IIKernel.Kernels", "Statistics", "Device", "Plan", "Lanes", "Random"]),
        ["src/IIKernel"] = (typeof(Study).Assembly, "src/README.md",
        [
            "Gauge", "Comparison", "Claims", "Calibration", "Sensitivity", "Uncertainty", "Balances", "Importing", "Reading", "Workbooks",
            "Model", "Studies", "Regions", "Experts", "Tables", "Growth", "Inputs", "IIKernel",
        ]),
        ["src/IIKernel.Reports"] = (typeof(RunReceipt).Assembly, "src/IIKernel.Reports/README.md",
            ["Reshaping", "Plots", "Pages", "IIKernel.Reports", "Charts", "Files", "Tables", "Words"]),
    };

    // Where each formula is computed: a comment that begins with its number says so.
    private static readonly string[][] Formulas =
    [
        ["PointEstimate.cs", "PointModel.cs", "SampleProgram.DirectValueAdded.cs"],
        ["FactorisedInduction.Table.cs", "GroupTable.cs", "LeontiefModel.cs", "PointModel.cs"],
        ["LeontiefModel.cs", "PointModel.cs"],
        [
            "DoubleSolver.cs", "FieldOfInfluence.cs", "FixedInduction.cs", "MixedGroup.cs", "MixedSolver.cs", "PointModel.cs",
            "TableGroup.cs",
        ],
        [
            "DoubleSolver.cs", "FactorisedInduction.cs", "FieldOfInfluence.cs", "FixedInduction.cs", "GroupTable.cs", "MixedGroup.cs",
            "MixedSolver.cs", "PointModel.cs", "TableGroup.cs",
        ],
        ["FactorisedInduction.cs", "FieldOfInfluence.cs", "FixedInduction.cs", "GroupTable.cs", "PointEstimate.cs", "PointModel.cs"],
        ["ProductionFunction.cs"],
        ["GrowthModel.cs", "ProductionFunction.cs", "SampleProgram.GrowthMultiplier.cs"],
        ["PointModel.cs", "SampleProgram.YearOutputs.cs"],
        ["CategoryWeights.cs", "PointModel.cs", "SampleProgram.RegionalShares.cs"],
    ];

    // What knows registers of no certain width; all else leaves them to lanes.
    private static readonly string[] Vectors =
    [
        "BinCounter.cs", "BoxLeastSquares.cs", "ColumnSearch.cs", "DrawComparison.cs", "IWord.cs", "LeastSquares.cs", "LuFactorization.cs",
        "PosteriorSample.cs", "SimdBackend.cs", "SingleElimination.cs", "VectorOperations.cs",
    ];

    // What opens files of the program itself, or to write, and fonts, which their library reads.
    private static readonly string[] OwnFiles =
        ["FolderContents.cs", "FolderLock.cs", "KernelCache.cs", "Machine.cs", "OutputFolder.cs", "PlotFont.cs", "WorkFile.cs"];

    public static TheoryData<string> Projects => [.. Houses.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_use_those_below_them_only(string project)
    {
        var (assembly, _, rooms) = Houses[project];
        var types = assembly.GetTypes().Where(t => RoomOf(assembly, t) is not null).ToArray();
        Assert.Equal(rooms.Order(), types.Select(t => RoomOf(assembly, t)!).Distinct().Order());
        var found = types.SelectMany(t => TypeUses.Of(t).Where(u => u.Assembly == assembly && RoomOf(assembly, u) is not null)
            .Select(u => (From: RoomOf(assembly, t)!, To: RoomOf(assembly, u)!, Where: $"{Name(t)} uses {Name(u)}")));
        Empty(Upward(rooms, found.Concat(InText(project, assembly, rooms, types))));
    }

    [Fact]
    public void A_use_shows_wherever_it_stands()
    {
        var uses = TypeUses.Of(typeof(Sample)).ToHashSet();
        foreach (var type in new[]
        {
            typeof(Version), typeof(Uri), typeof(Guid), typeof(Lazy<>),
            typeof(TimeZoneInfo), typeof(TimeoutException),
        })
            Assert.Contains(type, uses.Select(u => u.IsGenericType ? u.GetGenericTypeDefinition() : u));
    }

    // A field, an argument, a local variable's element, a call's declaring type and what is caught.
    private sealed class Sample(Version? version)
    {
        public Version? Version { get; } = version;

        public static int Count(Uri uri)
        {
            try
            {
                return TimeZoneInfo.Local.Id.Length + new List<Lazy<Guid[]>>().Count + uri.Port;
            }
            catch (TimeoutException)
            {
                return 0;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_map_draws_the_rooms_in_their_order(string project)
    {
        var (_, map, rooms) = Houses[project];
        var drawn = DrawnRoom().Matches(File.ReadAllText(Path.Combine(RepositoryTests.Root, map))).Select(m => m.Groups[1].Value);
        Assert.Equal(rooms, drawn);
    }

    [Fact]
    public void Formulas_stand_where_the_list_says()
    {
        var found = Formulas.Select(_ => new SortedSet<string>(StringComparer.Ordinal)).ToArray();
        foreach (var path in Sources("src/IIKernel", "kernels"))
        {
            foreach (var line in File.ReadLines(path))
            {
                var match = Formula().Match(line);
                if (!match.Success) continue;
                var first = int.Parse(match.Groups[1].Value, null);
                var numbers = match.Groups[3].Captures.Select(c => int.Parse(c.Value, null)).Prepend(first).ToArray();
                if (match.Groups[2].Value == "–") numbers = [.. Enumerable.Range(first, numbers[^1] - first + 1)];
                foreach (var number in numbers) found[number - 1].Add(Path.GetFileName(path));
            }
        }

        for (var i = 0; i < Formulas.Length; i++)
            Assert.Equal(Formulas[i].Select(f => $"({i + 1}) {f}"), found[i].Select(f => $"({i + 1}) {f}"));
    }

    [Fact]
    public void Registers_of_no_certain_width_stand_where_the_list_says() => Assert.Equal(
        Vectors,
        Sources("src", "kernels").Where(p => VariableVector().IsMatch(File.ReadAllText(p)))
            .Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));

    // Whatever somebody else may have written comes in where its kind and its size are asked for first.
    [Fact]
    public void Files_are_opened_at_one_door() => Assert.Equal(
        OwnFiles.Append("InputFile.cs").Order(StringComparer.Ordinal),
        Sources("src", "kernels").Where(p => Opening().IsMatch(File.ReadAllText(p)))
            .Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));

    [Fact]
    public void Lines_can_be_read_without_scrolling() => Empty(Sources("src", "kernels", "tests", "bench").SelectMany(p => File.ReadLines(p)
        .Select((line, i) => (line.Length, Text: $"{p}:{i + 1} has {line.Length} columns"))
        .Where(l => l.Length > Columns).Select(l => l.Text)));

    private static void Empty(IEnumerable<string> faults)
    {
        var text = string.Join('\n', faults);
        Assert.True(text.Length == 0, text);
    }

    // Constants, names and references of comments leave no trace in a compiled type: the text tells, by what it opens with using, by the
    // name of a room before that of its type, and, of the project's own types, which every room sees, by their names.
    private static IEnumerable<(string From, string To, string Where)> InText(string project,
        Assembly assembly, string[] rooms, Type[] types)
    {
        var root = assembly.GetName().Name!;
        var names = types.Where(t => !t.IsNested).ToLookup(t => RoomOf(assembly, t)!, t => Regex.Escape(t.Name.Split('`')[0]));
        var patterns = rooms.ToDictionary(r => r, r => new Regex(r == root
            ? $@"(?<![\w.])({string.Join('|', names[r])})\b"
            : $@"^using [^;]*\b{Regex.Escape(root)}\.{r}\b|\b{r}\.({string.Join('|', names[r])})\b"));
        foreach (var path in Sources(project))
        {
            var folder = Path.GetRelativePath(Path.Combine(RepositoryTests.Root, project), Path.GetDirectoryName(path)!)
                .Replace('\\', '.').Replace('/', '.');
            var from = folder == "." ? root : folder;
            Assert.Contains(from, rooms);
            Assert.Contains($"namespace {(from == root ? root : $"{root}.{from}")};", File.ReadAllText(path), StringComparison.Ordinal);
            foreach (var line in File.ReadLines(path))
                foreach (var (to, pattern) in patterns)
                    if (pattern.IsMatch(line)) yield return (from, to, $"{Path.GetFileName(path)}: {line.Trim()}");
        }
    }

    private static IEnumerable<string> Upward(string[] rooms, IEnumerable<(string From, string To, string Where)> uses) =>
        uses.Where(u => Array.IndexOf(rooms, u.To) < Array.IndexOf(rooms, u.From))
            .Select(u => $"{u.From} → {u.To}: {u.Where}").Distinct().Order();

    // The part of a type's namespace below the assembly's name; null for what a compiler has added.
    private static string? RoomOf(Assembly assembly, Type type)
    {
        var root = assembly.GetName().Name!;
        while (type.DeclaringType is not null) type = type.DeclaringType;
        return type.Namespace == root ? root
            : type.Namespace?.StartsWith(root + ".", StringComparison.Ordinal) == true ? type.Namespace[(root.Length + 1)..]
            : null;
    }

    private static string Name(Type type) => type.DeclaringType is { } outer ? $"{Name(outer)}.{type.Name}" : type.Name;

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(f => Directory.GetFiles(Path.Combine(RepositoryTests.Root, f), "*.cs", SearchOption.AllDirectories))
        .Where(p => !Path.GetRelativePath(RepositoryTests.Root, p).Split('/', '\\').Any(part => part is "bin" or "obj"));

    [GeneratedRegex(@"^- \*\*([\w.]+)/\*\*", RegexOptions.Multiline)]
    private static partial Regex DrawnRoom();

    [GeneratedRegex(@"^\s*//+ (?:<summary>)?\((\d+)\)(?:(, | and |; |–)\((\d+)\))*")]
    private static partial Regex Formula();

    [GeneratedRegex(@"\bFile\.(Open|Read|Append|Create|Write)(?!Symbolic)|\bFileMode\.|\bnew StreamReader\(\w*[pP]ath|\bFromFile\(")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\bVector<")]
    private static partial Regex VariableVector();
}
