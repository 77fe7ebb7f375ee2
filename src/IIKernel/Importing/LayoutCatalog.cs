using System.Text;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Importing;

/// <summary>The layouts that ship with the program, and those of mapping files.</summary>
public static class LayoutCatalog
{
    /// <summary>Name of the layout of a bare matrix, whose place has to be said.</summary>
    public const string Matrix = "matrix";

    private const string Folder = "layouts";
    private static readonly Lazy<IReadOnlyList<TableLayout>> Embedded = new(ReadEmbedded);

    /// <summary>The layouts that ship with the program, by name.</summary>
    public static IReadOnlyList<TableLayout> All => Embedded.Value;

    /// <summary>Reads a mapping file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyException">It is faulty; carries every fault found.</exception>
    public static TableLayout Read(string path)
    {
        var context = new StudyReadContext(new LoneFile(path), "a mapping file: JSON, as the layouts that import lists");
        return Read(context, path.Replace('\\', '/')) ?? throw new StudyException(context.Faults.ToFaults());
    }

    /// <summary>Likewise, of the files of a context; null with faults added.</summary>
    internal static TableLayout? Read(StudyReadContext context, string file) =>
        context.Text(file) is { } text ? Parse(file, text, context.Faults) : null;

    private static IReadOnlyList<TableLayout> ReadEmbedded()
    {
        var files = new EmbeddedStudyFiles(typeof(LayoutCatalog).Assembly, Folder);
        var faults = new FaultList();
        TableLayout?[] layouts = [.. files.Names.Select(name => Parse(name, Encoding.UTF8.GetString(files.Read(name)!), faults))];
        return faults.Count == 0 ? [.. layouts.Select(l => l!)] : throw new StudyException(faults.ToFaults());
    }

    // Null with faults added.
    private static TableLayout? Parse(string file, string text, FaultList faults)
    {
        var shape = new DefinitionShape(file, "the layout", faults);
        var before = faults.Count;
        if (shape.Read<TableLayout>(Encoding.UTF8.GetBytes(text)) is not { } layout) return null;
        foreach (var (key, letters) in new[]
        {
            ("codeColumn", layout.CodeColumn), ("englishNameColumn", layout.EnglishNameColumn),
            ("nameColumn", layout.NameColumn is "left" or "right" ? null : layout.NameColumn),
        })
        {
            if (letters is not null && CellAddress.ColumnOf(letters) is null)
                faults.Add(new(file, shape.Place(key), $"\"{letters}\"", "letters of a column, such as B", "Write them."));
        }

        if (layout.IntermediateInput.Count == 0 && layout.ValueAdded.Count == 0)
            faults.Add(new(file, shape.Place("intermediateInput"), "neither intermediateInput nor valueAdded",
                "at least one of the two", "Add one of them."));
        if (layout.Unit is { } unit) shape.Unit(unit, "unit", null);
        return faults.Count == before ? layout : null;
    }
}
