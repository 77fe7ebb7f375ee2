using System.Text;
using IIKernel.Importing;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Studies;

namespace IIKernel.Bench.Fuzz;

/// <summary>The readers of files that somebody else may have written, each by its door for what is in memory already.</summary>
public static class FuzzTargets
{
    private static readonly EmbeddedStudyFiles Small = new(typeof(Study).Assembly, "gauge/three-sectors");

    private static readonly string[] TableNames = [.. Small.Names.Where(n => n.EndsWith(".csv", StringComparison.Ordinal))];

    private static readonly Lazy<Study> SmallStudy = new(() => StudyReader.Read(Small));

    /// <summary>All of them; another is a line here.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Json("study.json", 25, Definition, Text("study.json"), FuzzSeeds.Definition,
            Encoding.UTF8.GetString(EmbeddedStudyFiles.Demonstration.Read("study-flows.json")!)),
        Json("claims.json", 15, Claims, FuzzSeeds.Claims),
        Json("choices.json", 5, bytes => ChoicesReader.Read("choices.json", new MemoryFiles("choices.json", bytes)), FuzzSeeds.Choices),
        Json("mapping.json", 5, Mapping, FuzzSeeds.Mapping),
        Csv("table.csv", 20, Table, Text("growth.csv"), Text("flows.csv"), FuzzSeeds.Quoted),
        Csv("draws.csv", 15, Draws, FuzzSeeds.Draws),
        new("draws.parquet", 6, ParquetInput.Seeds, ParquetInput.Make,
            bytes => DrawsParquet.Read("draws.parquet", new MemoryStream(bytes), default)),
        new("state.work", 5, WorkInput.Seeds, WorkInput.Make, WorkInput.Read),
        new("book.xlsx", 6, WorkbookInput.Seeds, WorkbookInput.Of(), Workbook),
        Csv("import.csv", 4, Import, FuzzSeeds.Matrix),
        Csv("ballots.csv", 4, Ballots, FuzzSeeds.Ballots),
        new("study", 2, [.. TableNames.Select((name, i) => (byte[])[(byte)i, .. Small.Read(name)!])], StudyInput(), WholeStudy),
    ];

    private static FuzzTarget Json(string name, int share, Action<byte[]> read, params string[] seeds) =>
        new(name, share, [.. seeds.Select(Encoding.UTF8.GetBytes)], JsonInput.Of(seeds), read);

    private static FuzzTarget Csv(string name, int share, Action<byte[]> read, params string[] seeds) =>
        new(name, share, [.. seeds.Select(Encoding.UTF8.GetBytes)], CsvInput.Of(seeds), read);

    private static string Text(string file) => Encoding.UTF8.GetString(Small.Read(file)!);

    private static void Definition(byte[] bytes)
    {
        var context = new StudyReadContext(new MemoryFiles("study.json", bytes));
        if (StudyDefinitionReader.Read(context, "study.json", tableOnly: true) is null) throw new StudyException(context.Faults.ToFaults());
    }

    private static void Claims(byte[] bytes)
    {
        var context = new StudyReadContext(new MemoryFiles("claims.json", bytes));
        var text = context.Text("claims.json") ?? throw new StudyException(context.Faults.ToFaults());
        ClaimReader.Of(SmallStudy.Value with { Claims = new("claims.json", text) });
    }

    private static void Mapping(byte[] bytes)
    {
        var context = new StudyReadContext(new MemoryFiles("mapping.json", bytes));
        if (LayoutCatalog.Read(context, "mapping.json") is null) throw new StudyException(context.Faults.ToFaults());
    }

    private static void Table(byte[] bytes) => StudyFile.Csv(new MemoryFiles("table.csv", bytes), "table.csv");

    private static void Draws(byte[] bytes)
    {
        var faults = new FaultList();
        DrawsFile.Read("draws.csv", new MemoryStream(bytes), faults, default);
        if (faults.Count > 0) throw new StudyException(faults.ToFaults());
    }

    private static void Workbook(byte[] bytes)
    {
        var context = new StudyReadContext(new MemoryFiles("book.xlsx", bytes));
        if (context.Csv("book.xlsx", "year", "output") is null) throw new StudyException(context.Faults.ToFaults());
    }

    private static void Import(byte[] bytes)
    {
        var context = new StudyReadContext(new MemoryFiles("import.csv", bytes));
        var layout = LayoutCatalog.All.Single(l => l.Name == LayoutCatalog.Matrix);
        var request = new ImportRequest("import.csv") { Layout = layout, Range = "A1:C5", Unit = "million USD", Year = 2017 };
        if (TableImport.Read(context, request) is null) throw new StudyException(context.Faults.ToFaults());
    }

    private static void Ballots(byte[] bytes)
    {
        var context = new StudyReadContext(new MemoryFiles("ballots.csv", bytes));
        if (WideBallots.Read(context, "ballots.csv", null, null) is null) throw new StudyException(context.Faults.ToFaults());
    }

    // The first byte says which of the study's tables the others are.
    private static Func<Random, byte[]> StudyInput()
    {
        Func<Random, byte[]>[] makers = [.. TableNames.Select(n => CsvInput.Of(Text(n)))];
        return random =>
        {
            var table = random.Next(makers.Length);
            return [(byte)table, .. makers[table](random)];
        };
    }

    private static void WholeStudy(byte[] bytes) =>
        StudyReader.Read(new MemoryFiles(TableNames[bytes[0] % TableNames.Length], bytes[1..], Small));

    private sealed class MemoryFiles(string name, byte[] bytes, IStudyFiles? others = null) : IStudyFiles
    {
        public string Origin => "memory:study.json";

        public string DefinitionPath => "study.json";

        public byte[]? Read(string path) => path == name ? bytes : others?.Read(path);
    }
}
