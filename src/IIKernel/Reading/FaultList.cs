using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>
/// The faults found so far. Faults of one cause are one fault with the number of its places, and of each file the first hundred
/// are kept and the rest counted: a file of the wrong kind costs neither memory nor its reader's patience.
/// </summary>
internal sealed class FaultList
{
    /// <summary>How many faults of one file are kept.</summary>
    public const int MostOfFile = 100;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(string File, string Cause), Entry> _causes = [];
    private readonly Dictionary<string, int> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);

    /// <summary>How many places are at fault, those of one cause and those not kept included.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a fault that stands for itself.</summary>
    public void Add(StudyFault fault)
    {
        Count++;
        Keep(fault.File, () => new(fault, ""));
    }

    /// <summary>Adds a place where a cause shows that may show in many.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cause">What tells the cause from the file's others; never printed.</param>
    /// <param name="places">What the further places are called: "more cells".</param>
    /// <param name="first">The fault at the first place; not asked for at others, nor where it would not be kept.</param>
    public void Add(string file, string cause, string places, Func<StudyFault> first)
    {
        Count++;
        if (_causes.TryGetValue((file, cause), out var known)) known.Further++;
        else if (Keep(file, () => new(first(), places)) is { } entry) _causes.Add((file, cause), entry);
    }

    /// <summary>Adds a fault that explains every other of its file: none is kept beside it, found before or later.</summary>
    public void AddInstead(StudyFault fault)
    {
        if (!_explained.Add(fault.File)) return;
        Count++;
        var at = _entries.FindIndex(e => e.Fault.File == fault.File);
        _entries.RemoveAll(e => e.Fault.File == fault.File);
        _left.Remove(fault.File);
        _entries.Insert(at < 0 ? _entries.Count : at, new(fault, ""));
    }

    /// <summary>The faults in the order in which they were found, each once, and behind them how many more each file has.</summary>
    public IReadOnlyList<StudyFault> ToFaults() =>
    [
        .. _entries.Select(e => e.Further == 0
                ? e.Fault
                : e.Fault with { Found = $"{e.Fault.Found} (and {Wording.Count(e.Further, e.Places)})" })
            .Distinct(),
        .. _left.Select(left => new StudyFault(left.Key, "", $"{Wording.Count(left.Value, "more fault")} in this file",
            $"none; its first {MostOfFile} are listed", "Mend these and read the study again.")),
    ];

    private Entry? Keep(string file, Func<Entry> make)
    {
        if (_explained.Contains(file)) return null;
        var kept = _kept.GetValueOrDefault(file);
        if (kept == MostOfFile)
        {
            _left[file] = _left.GetValueOrDefault(file) + 1;
            return null;
        }

        _kept[file] = kept + 1;
        var entry = make();
        _entries.Add(entry);
        return entry;
    }

    private sealed class Entry(StudyFault fault, string places)
    {
        public StudyFault Fault => fault;

        public string Places => places;

        public int Further { get; set; }
    }
}
