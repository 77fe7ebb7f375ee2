using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>
/// The faults found so far. Faults of one cause are one fault with the number of its places, of each file the first hundred are
/// kept, of all files the first thousand, and the rest are counted: files of the wrong kind cost neither memory nor anybody's patience.
/// </summary>
internal sealed class FaultList
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(string File, string Cause), Entry> _causes = [];
    private readonly Dictionary<string, int> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);
    private (string File, int Count) _beyond = ("", 0);

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
        Count++;
        if (!_explained.Add(fault.File)) return;
        var at = _entries.FindIndex(e => e.Fault.File == fault.File);
        _entries.RemoveAll(e => e.Fault.File == fault.File);
        _left.Remove(fault.File);
        _entries.Insert(at < 0 ? _entries.Count : at, new(fault, ""));
    }

    /// <summary>Counts one more place that a fault explains which has been added.</summary>
    public void AddExplained() => Count++;

    /// <summary>The faults in the order in which they were found, each once, and behind them how many more each file has.</summary>
    public IReadOnlyList<StudyFault> ToFaults() =>
    [
        .. _entries.Select(e => e.Further == 0
                ? e.Fault
                : e.Fault with { Found = $"{e.Fault.Found} (and {Wording.Count(e.Further, e.Places)})" })
            .Distinct(),
        .. _left.Select(left => new StudyFault(left.Key, "", $"{Wording.Count(left.Value, "more fault")} in this file",
            $"none; its first {InputLimits.FaultsOfFile} are listed", "Mend these and read the study again.")),
        .. _beyond.Count == 0 ? (IEnumerable<StudyFault>)[] : [new(_beyond.File, "",
            $"{Wording.Count(_beyond.Count, "more fault")} in this file and others",
            $"none; the first {InputLimits.Faults} of all files are listed", "Mend these and read the study again.")],
    ];

    private Entry? Keep(string file, Func<Entry> make)
    {
        if (_explained.Contains(file)) return null;
        var kept = _kept.GetValueOrDefault(file);
        if (_entries.Count >= InputLimits.Faults)
        {
            _beyond = (_beyond.Count == 0 ? file : _beyond.File, _beyond.Count + 1);
            return null;
        }

        if (kept == InputLimits.FaultsOfFile)
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
        // What is found may be a text of any length.
        public StudyFault Fault { get; } = new(Cut(fault.File), Cut(fault.Place), Cut(fault.Found), Cut(fault.Expected), Cut(fault.Remedy));

        public string Places => places;

        public int Further { get; set; }

        private static string Cut(string text) =>
            text.Length > InputLimits.FaultLength ? text[..InputLimits.FaultLength] + "…" : text;
    }
}
